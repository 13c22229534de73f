import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startLoopbackServer, type LoopbackServer } from '../../support/loopbackServer.ts';
import { repository, runCli, workspaceWith } from './runCli.ts';

/** Public tables beside the repository; where they are absent these tests say so and are skipped. */
const tables = resolve(repository, '../shared/data/bench');

const prompts = {
  gsm8k: 'Solve the problem. Give the number alone as the last line.\n\n{{input}}\n',
  bbh: 'Answer the question with one of its options.\n\nQuestion: {{input}}\n',
};

const real: readonly { name: string; file: string; prompt: string; metric: string }[] = [
  {
    name: 'GSM8K as CSV',
    file: 'gsm8k/test_first200.csv',
    prompt: prompts.gsm8k,
    metric: 'exact_match',
  },
  {
    name: 'BIG-Bench Hard navigate as JSONL',
    file: 'bbh/navigate.jsonl',
    prompt: prompts.bbh,
    metric: 'accuracy',
  },
  {
    name: 'BIG-Bench Hard date understanding as JSONL',
    file: 'bbh/date_understanding.jsonl',
    prompt: prompts.bbh,
    metric: 'accuracy',
  },
];

interface RunJson {
  readonly run: { readonly rows: Record<string, number>; readonly unusableRows: number };
  readonly metrics: readonly { name: string; count?: number; after?: { count: number } | null }[];
  readonly outcomes: Record<string, number>;
  readonly verdict?: { readonly sentence: string };
  readonly versions: readonly { readonly path: string }[];
  readonly report: string;
}

describe('real tables through the openai client', function () {
  this.timeout(120_000);
  let server: LoopbackServer;
  before(async () => {
    server = await startLoopbackServer();
  });
  after(() => server.close());

  for (const { name, file, prompt, metric } of real) {
    const path = join(tables, file);
    const title = `${name}: evaluated and optimized, with versions, a metric table and a report`;
    if (!existsSync(path)) {
      it(`${title} (skipped: ${path} is not there)`);
      continue;
    }

    it(title, async () => {
      const { folder, remove } = workspaceWith({ 'task.md': prompt });
      try {
        const words = ['--prompt', 'task.md', '--dataset', path, '--metric', metric];
        words.push('--metric', 'token_f1', '--input', 'input', '--target', 'target');
        words.push('--model', 'openai:sim-task', '--base-url', server.url, '--json');
        const options = { cwd: folder };

        const measured = await runCli(['evaluate', ...words, '--report', 'evaluation.md'], options);
        assert.equal(measured.exitCode, 0, measured.err);
        const evaluation = measured.json() as RunJson;
        const rows = evaluation.run.rows['all'] ?? 0;
        assert.ok(rows >= 199, `${rows} rows`);
        assert.equal(evaluation.run.unusableRows, 0);
        const outcomes = Object.values(evaluation.outcomes).reduce((sum, each) => sum + each, 0);
        assert.equal(outcomes, rows);
        assert.deepEqual(
          evaluation.metrics.map(each => [each.name, each.count]),
          [metric, 'token_f1'].map(each => [each, evaluation.outcomes['ok']]),
        );

        const searched = await runCli(
          [
            'optimize',
            ...words,
            '--optimizer-model',
            'openai:sim-optimizer',
            '--max-iterations',
            '3',
            '--report',
            'optimization.md',
          ],
          options,
        );
        assert.equal(searched.exitCode, 0, searched.err);
        const search = searched.json() as RunJson;
        assert.ok(search.verdict?.sentence, searched.out);
        assert.ok((search.metrics[0]?.after?.count ?? 0) > 0);
        for (const version of search.versions) assert.ok(existsSync(version.path));
        const report = readFileSync(search.report, 'utf8');
        assert.match(report, new RegExp(`\\n\\| ${metric} \\| \\d`));
        assert.match(report, /\n## Trials\n/);
        assert.match(report, /\n- Saved original: task@1 /);

        const versions = await runCli(['versions', 'task'], options);
        assert.match(versions.out, /^version .*\n@1 +typed/);
      } finally {
        remove();
      }
    });
  }
});
