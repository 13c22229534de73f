import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CancelledError, RequestError, ScoringError } from '../../../src/engine/core/errors.ts';
import type { OutsideScorers } from '../../../src/engine/core/outside.ts';
import type { Metric } from '../../../src/engine/core/metric.ts';
import { metricRegistry } from '../../../src/engine/metrics/registry.ts';
import { commandScorer } from '../../../src/engine/workers/commandScorer.ts';
import { moduleScorer } from '../../../src/engine/workers/moduleScorer.ts';
import { outsideScorers } from '../../../src/engine/workers/outsideScorers.ts';
import { exampleWith } from '../../engine/metrics/exampleWith.ts';

const folder = mkdtempSync(join(tmpdir(), 'metric-outside-'));
const row = exampleWith('yes');

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

function metricOf(name: string, outside: OutsideScorers = outsideScorers(folder)): Metric {
  return metricRegistry({ outside }).metricNamed(name);
}

after(() => rmSync(folder, { recursive: true, force: true }));

describe('A metric in a workspace file', () => {
  it('is a function of output and row that gives a number, a verdict or a reason', async () => {
    const file = written(
      'score.mjs',
      `export default (output, row) => {
        if (output === 'number') return 0.25;
        if (output === 'later') return Promise.resolve(true);
        return { score: output === row.expected ? 1 : 0, reason: 'line ' + row.line + ', ' + row.inputs.input };
      };`,
    );
    const metric = metricOf(`custom:file=${file}`);
    await metric.check?.();
    assert.deepEqual(await metric.score('number', row), { value: 0.25 });
    assert.deepEqual(await metric.score('later', row), { value: 1 });
    assert.deepEqual(await metric.score('yes', row), { value: 1, feedback: 'line 7, any' });
  });

  it('may be TypeScript', async () => {
    const file = written(
      'score.mts',
      'export default (output: string): number => (output as string).length > 3 ? 1 : 0;',
    );
    const metric = metricOf(`custom:file=${file}`);
    await metric.check?.();
    assert.equal((await metric.score('long enough', row)).value, 1);
  });

  it('is refused before anything is paid where it is missing, broken or no function', async () => {
    const files = {
      'missing.js': undefined,
      'broken.mjs': 'export default (',
      'throws.mjs': 'throw new Error("at once")',
      'nothing.mjs': 'export const score = () => 1;',
    };
    for (const [name, text] of Object.entries(files)) {
      if (text !== undefined) written(name, text);
      const checked = metricOf(`custom:file=${name}`).check?.() ?? Promise.resolve();
      await assert.rejects(checked, (error: unknown) => {
        assert.ok(error instanceof RequestError, name);
        assert.ok(error.message.includes(name), error.message);
        return true;
      });
    }
  });

  it('does not score a row that it throws on, or answers with anything else', async () => {
    const file = written(
      'odd.mjs',
      `const answers = { throw: () => { throw new Error('no idea'); }, text: () => 'good', many: () => 2,
        nothing: () => undefined, nan: () => NaN, function: () => () => 1, exit: () => process.exit(3) };
      export default output => answers[output]?.() ?? undefined;`,
    );
    const metric = metricOf(`custom:file=${file}`);
    for (const output of [
      'throw',
      'text',
      'many',
      'nothing',
      'nan',
      'function',
      'exit',
      'unknown',
    ]) {
      await assert.rejects(metric.score(output, row), ScoringError, output);
    }
  });

  it('is ended where it takes too long or too much memory, and goes on with the next row', async () => {
    written(
      'greedy.mjs',
      `export default output => {
        if (output === 'loop') for (;;);
        if (output === 'memory') { const all = []; for (;;) all.push(new Array(100000).fill(Math.random())); }
        return 1;
      };`,
    );
    const scorer = moduleScorer(join(folder, 'greedy.mjs'), { taskMs: 1500, heapMb: 64 });
    const metric = metricOf('custom:file=greedy', { file: () => scorer, command: () => scorer });
    await assert.rejects(metric.score('loop', row), /longer than 1\.5 s/u);
    assert.equal((await metric.score('fine', row)).value, 1);
    await assert.rejects(metric.score('memory', row), /more than 64 MB|longer than/u);
    assert.equal((await metric.score('fine', row)).value, 1);
  });
});

describe('A metric that is a command', () => {
  it('reads a JSON line for each row and writes one with the score', async () => {
    written(
      'lines.mjs',
      `import { createInterface } from 'node:readline';
      let count = 0;
      for await (const line of createInterface({ input: process.stdin })) {
        const { output, row } = JSON.parse(line);
        console.log(JSON.stringify({ score: output === row.expected ? 1 : 0, reason: 'row ' + ++count }));
      }`,
    );
    const metric = metricOf(`command:run="${process.execPath}" lines.mjs`);
    await metric.check?.();
    const scores = await Promise.all(['yes', 'no\nno', 'yes'].map(text => metric.score(text, row)));
    assert.deepEqual(scores, [
      { value: 1, feedback: 'row 1' },
      { value: 0, feedback: 'row 2' },
      { value: 1, feedback: 'row 3' },
    ]);
  });

  it('does not score where it ends, fails or answers no JSON, and says what it said', async () => {
    const broken: readonly (readonly [string, RegExp])[] = [
      ['no-such-command-here', /ended with code 127|could not be started/u],
      ['echo oops >&2; exit 3', /ended with code 3 .* It said: oops/u],
      ['echo not json', /no JSON: not json/u],
      ['echo 7', /has to be a number from 0 to 1/u],
    ];
    for (const [command, sentence] of broken) {
      const scored = metricOf(`command:run=${command}`).score('yes', row);
      await assert.rejects(scored, (error: unknown) => {
        assert.ok(error instanceof ScoringError, String(error));
        assert.match(error.message, sentence);
        return true;
      });
    }
  });

  it('is ended with all that it started where it takes too long or is cancelled', async () => {
    const ticks = join(folder, 'ticks');
    const command = `(while :; do echo tick >> "${ticks}"; sleep 0.05; done) & wait`;
    const scorer = commandScorer(command, { cwd: folder, taskMs: 700 });
    await assert.rejects(scorer.score({ output: 'x', row }), /longer than 0\.7 s/u);
    await wait(200);
    const size = statSync(ticks).size;
    assert.ok(size > 0);
    await wait(400);
    assert.equal(statSync(ticks).size, size);

    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const slow = commandScorer('sleep 60', { cwd: folder });
    await assert.rejects(slow.score({ output: 'x', row }, stop.signal), CancelledError);
  });
});
