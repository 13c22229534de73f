import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePromptFile, type OptimizeRequest } from '../../src/engine/index.ts';
import { featureNames } from '../../src/engine/optimize/foresight/features.ts';
import { readActionLogs, type ActionRecord } from '../../src/engine/store/actionLog.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import { examplesFolder, wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const request: OptimizeRequest = {
  promptName: 'triage',
  prompt: parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8')),
  dataset: 'tickets.csv',
  metrics: ['accuracy'],
  settings: { maxIterations: 3, patience: 3, sampleK: 10, metaModel: true, bandit: true },
};
const reading = { features: featureNames, newest: 8, except: 'none' };

async function oneRun() {
  const files = memoryFiles();
  const { state } = await wholeRun(wholeEngine({ files }).optimize(request));
  const path = `.prompts/triage/runs/${state.header?.runId}/actions.jsonl`;
  const text = (await files.read(path)) ?? assert.fail('There is no action log.');
  return { files, state, path, text };
}

describe('the action log of a run', () => {
  it('has a line for every trial, with context, arm, reward, cost and scored edits', async () => {
    const { state, text } = await oneRun();
    const records = text
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line) as ActionRecord & { readonly schema: number });
    assert.deepEqual(
      records.map(each => [each.schema, each.run, each.trial, each.arm, each.context]),
      state.trials.map(each => [1, state.header?.runId, each.number, each.operator, each.context]),
    );
    assert.deepEqual(records[0]?.features, featureNames);
    assert.ok(records.every(each => each.reward >= 0 && each.reward <= 1));
    assert.ok(records.some(each => each.outcome === 'kept' && each.reward > 0));
    assert.ok(records.every(each => Object.keys(each.draws ?? {}).includes(each.arm)));
    const rows = records.reduce((sum, each) => sum + each.cost.rows, 0);
    assert.ok(rows > 0 && rows < state.spending.task.calls);
    const edits = records.flatMap(each => each.edits);
    assert.ok(edits.length > 0);
    assert.ok(edits.every(edit => edit.features.length === featureNames.length && edit.rows >= 1));
  });

  it('holds no text of the prompt or of a row', async () => {
    const { text } = await oneRun();
    assert.doesNotMatch(text, /ticket|invoice|warranty|billing/i);
  });

  it('is read back by the next run, which says how much it has learned from', async () => {
    const { files, state } = await oneRun();
    const read = await readActionLogs(files, reading);
    assert.deepEqual(read.notes, []);
    assert.deepEqual(
      read.runs.flatMap(run => run.trials),
      state.trials.flatMap(({ scored = [] }) => (scored.length > 0 ? [scored] : [])),
    );
    const next = await wholeRun(wholeEngine({ files }).optimize(request));
    assert.deepEqual(next.state.header?.learnedFrom, {
      runs: 1,
      edits: read.runs.flatMap(run => run.trials.flat()).length,
      notes: [],
    });
  });

  it('is the same, and so is the run, where the run is gone on with', async () => {
    const { files, state, path, text } = await oneRun();
    await files.write(
      '.prompts/other/runs/2026-11-19-0000/actions.jsonl',
      text.replaceAll('"worth":', '"worth":-'),
    );
    const again = await wholeRun(wholeEngine({ files }).resume(state.header?.runId ?? ''));
    assert.deepEqual(again.state.trials, state.trials);
    assert.equal(await files.read(path), text);
  });

  it('is left out where it is broken, and noted, and the run goes on', async () => {
    const { files, path, text } = await oneRun();
    const [first = '', ...rest] = text.split('\n');
    const record = JSON.parse(first) as { edits: unknown[] };
    const broken = [
      'no json',
      JSON.stringify({ ...record, schema: 7 }),
      JSON.stringify({ ...record, edits: [{ features: [1], worth: 0.5, rows: 2 }] }),
      JSON.stringify({ ...record, edits: 'none' }),
      first.replace(/"worth":-?[\d.]+/, '"worth":17'),
      '[]',
      'null',
    ];
    await files.write(path, [first, ...broken, ...rest].join('\n'));
    const { runs, notes } = await readActionLogs(files, reading);
    assert.equal(runs.length, 1);
    assert.deepEqual(notes, [
      `${path}: ${broken.length} lines could not be used and were left out.`,
    ]);
    const next = await wholeRun(wholeEngine({ files }).optimize(request));
    assert.deepEqual(next.state.header?.learnedFrom?.notes, notes);
    const report = await files.read(`.prompts/triage/runs/${next.state.header.runId}/report.md`);
    assert.match(report ?? '', /^- Meta-model: learned from \d+ edits of 1 earlier run$/m);
    assert.match(
      report ?? '',
      /^- Meta-model: .*: 7 lines could not be used and were left out\.$/m,
    );
    assert.ok(next.state.ended);
  });

  it('is left out where its edits have other features', async () => {
    const { files, path, text } = await oneRun();
    await files.write(path, text.replace('"constant"', '"bias"'));
    const { runs, notes } = await readActionLogs(files, reading);
    assert.equal(runs.length, 0);
    assert.equal(notes.length, 1);
  });
});
