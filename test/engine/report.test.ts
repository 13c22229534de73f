import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { Files } from '../../src/engine/core/files.ts';
import {
  emptyRun,
  parsePromptFile,
  ProviderError,
  reduce,
  versionPaths,
  type Engine,
  type OptimizeRequest,
  type Provider,
  type RunState,
} from '../../src/engine/index.ts';
import { demoProvider } from '../../src/engine/providers/demo/demo.ts';
import { localFiles } from '../../src/engine/store/localFiles.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import { scriptedModel, textOf, type ScriptedModel } from '../support/scriptedModel.ts';
import { examplesFolder, wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const request: OptimizeRequest = {
  promptName: 'triage',
  prompt: parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8')),
  dataset: 'tickets.csv',
  metrics: ['accuracy'],
  settings: { maxIterations: 2 },
};

interface StoredReport {
  readonly schema: number;
  readonly kind: string;
  readonly end: { readonly reason: string; readonly sentence: string; readonly errorCode?: string };
  readonly best: { readonly candidateId: string; readonly prompt: unknown };
  readonly verdict?: { readonly verdict: string };
  readonly trials?: readonly { readonly status: string; readonly why?: string }[];
  readonly spending: Readonly<Record<string, { readonly calls: number }>>;
  readonly resumed: boolean;
  readonly versions: readonly { readonly role: string }[];
  readonly rows?: unknown;
}

async function reportsOf(
  files: Files,
  runId: string,
): Promise<{ json: StoredReport; markdown: string }> {
  const folder = `.prompts/triage/runs/${runId}`;
  const json = (await files.read(`${folder}/report.json`)) ?? assert.fail('no report.json');
  const markdown = (await files.read(`${folder}/report.md`)) ?? assert.fail('no report.md');
  return { json: JSON.parse(json) as StoredReport, markdown };
}

/** Optimizes until so many answers have come, then cancels. */
async function cancelledAfter(answers: number, engine: Engine): Promise<RunState> {
  const controller = new AbortController();
  let state = emptyRun;
  let seen = 0;
  for await (const event of engine.optimize(request, controller.signal)) {
    state = reduce(state, event);
    if (event.type === 'rollout-end' && (seen += 1) === answers) controller.abort();
  }
  return state;
}

function providerOf(model: ScriptedModel): Provider {
  return {
    name: 'scripted',
    list: () => Promise.resolve({ provider: 'scripted', models: [] }),
    model: () => model,
    price: () => ({ inputUsd: 0, outputUsd: 0 }),
  };
}

describe('the report of a run', () => {
  it('stands in the folder of the run, with reason, best, verdict, spending and decisions', async () => {
    const files = memoryFiles();
    const { state } = await wholeRun(wholeEngine({ files }).optimize(request));
    const { json, markdown } = await reportsOf(files, state.header?.runId ?? '');
    const { ended, claim, trials, spending } = state;
    assert.equal(json.schema, 1);
    assert.equal(json.kind, 'optimize');
    assert.equal(json.end.reason, ended?.reason);
    assert.equal(json.best.candidateId, ended?.bestId);
    assert.deepEqual(json.best.prompt, state.candidates[ended?.bestId ?? '']?.prompt);
    assert.equal(json.verdict?.verdict, claim?.verdict);
    // The numbers that a meta-model reads stand in the action log, not in a page for people.
    const bare = (name: string, value: unknown): unknown =>
      name === 'features' ? undefined : value;
    assert.deepEqual(json.trials, JSON.parse(JSON.stringify(trials, bare)));
    assert.equal(json.spending['task']?.calls, spending.task.calls);
    assert.equal(json.spending['optimizer']?.calls, spending.optimizer.calls);
    assert.ok(markdown.startsWith('# Optimization of triage v1\n'), markdown);
    assert.ok(markdown.includes(ended?.sentence.split('.')[0] ?? '?'), markdown);
    assert.match(markdown, /\| Kept: [1-9]\d* fixed and /);
    assert.match(markdown, /\n- Best prompt: candidate [0-9a-f]+/);
    assert.match(markdown, /\n\| optimizer \| demo:optimizer \| [1-9]/);
  });

  it('is there after a cancelled run, and says its new end after that run went on', async () => {
    const files = memoryFiles();
    const cancelled = await cancelledAfter(60, wholeEngine({ files }));
    const runId = cancelled.header?.runId ?? '';
    const before = await reportsOf(files, runId);
    assert.equal(before.json.end.reason, 'cancelled');
    assert.equal(before.json.resumed, false);
    assert.match(before.markdown, /Cancelled|cancelled/);
    const { state } = await wholeRun(wholeEngine({ files }).resume(runId));
    const { json, markdown } = await reportsOf(files, runId);
    assert.equal(json.end.reason, state.ended?.reason);
    assert.notEqual(json.end.reason, 'cancelled');
    assert.equal(json.resumed, true);
    assert.match(markdown, /This covers the whole run/);
  });

  it('is there after a run that its provider stopped, with the error', async () => {
    const files = memoryFiles();
    const problem = new ProviderError('key-missing', 'No key for this server.', { scope: 'run' });
    const providers = [providerOf(scriptedModel([problem], 'scripted:task'))];
    const failing = { ...request, taskModel: 'scripted:task', optimizerModel: 'demo:optimizer' };
    const { state } = await wholeRun(wholeEngine({ files, providers }).optimize(failing));
    const { json, markdown } = await reportsOf(files, state.header?.runId ?? '');
    assert.equal(json.end.reason, 'failed');
    assert.equal(json.end.errorCode, 'provider/key-missing');
    assert.match(markdown, /No key for this server/);
    assert.match(markdown, /- Best prompt: the original, v1/);
  });

  it('is written of an evaluation too, and leaves its single answers to the log', async () => {
    const files = memoryFiles();
    const { state } = await wholeRun(wholeEngine({ files }).evaluate(request));
    const { json, markdown } = await reportsOf(files, state.header?.runId ?? '');
    assert.equal(json.kind, 'evaluate');
    assert.equal(json.rows, undefined);
    assert.ok(markdown.startsWith('# Evaluation of triage v1\n'), markdown);
  });
});

describe('the saved version of a winner', () => {
  it('holds byte for byte what was scored on the test rows', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'winner-'));
    const demo = demoProvider({ latencyMs: 0 }).model('task');
    const spy = scriptedModel(sent => demo.generate(sent), 'scripted:task');
    // Blanks that are easily lost, a decomposed accent, characters beyond 16 bits.
    const odd = '\t Cafe\u0301 \u{1F600}\u00A0 \n';
    const system = request.prompt.system.replace('Ticket:', found => odd + found);
    const engine = wholeEngine({ files: localFiles(folder), providers: [providerOf(spy)] });
    const unusual: OptimizeRequest = {
      ...request,
      prompt: { ...request.prompt, system },
      taskModel: 'scripted:task',
      optimizerModel: 'demo:optimizer',
    };
    const { state } = await wholeRun(engine.optimize(unusual));
    const { bestId = '' } = state.ended ?? {};
    assert.notEqual(bestId, state.header?.original.id, 'the search found something better');
    const runId = state.header?.runId ?? '';
    const versionsIn = () => {
      const path = join(folder, `.prompts/triage/runs/${runId}/report.json`);
      return (JSON.parse(readFileSync(path, 'utf8')) as StoredReport).versions;
    };
    assert.deepEqual(
      versionsIn().map(({ role }) => role),
      ['original'],
    );
    const { number } = await engine.keep(runId, bestId);
    const { system: path } = versionPaths({ promptName: 'triage', number });
    const winner = { role: 'winner', promptName: 'triage', number, path };
    assert.deepEqual(versionsIn().slice(1), [winner], 'the report names what was saved later');
    const paths = versionPaths({ promptName: 'triage', number });
    const text = [paths.system, paths.output]
      .filter(path => existsSync(join(folder, path)))
      .map(path => {
        const bytes = readFileSync(join(folder, path));
        assert.ok(Buffer.from(bytes.toString('utf8')).equals(bytes), `${path} is UTF-8`);
        return bytes.toString('utf8');
      })
      .join('\n');
    assert.ok(text.includes(odd), JSON.stringify(text));

    const sent = new Set(spy.requests.map(textOf));
    const { examples } = await engine.rows(unusual);
    const ticketOf = new Map(examples.map(({ id, inputs }) => [id, inputs['ticket'] ?? '']));
    const scored = state.evaluations
      .filter(({ purpose, candidateId }) => purpose === 'claim' && candidateId === bestId)
      .flatMap(({ rollouts }) => rollouts);
    assert.ok(scored.length > 0);
    for (const { exampleId } of scored) {
      const ticket = ticketOf.get(exampleId) ?? assert.fail(exampleId);
      assert.ok(sent.has(text.replaceAll('{{ticket}}', () => ticket)), JSON.stringify(text));
    }
  });
});
