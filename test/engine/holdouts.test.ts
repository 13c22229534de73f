import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noOutcomes } from '../../src/engine/core/score.ts';
import type { Evaluation } from '../../src/engine/core/trial.ts';
import { parsePromptFile, type OptimizeRequest } from '../../src/engine/index.ts';
import { metricNamed } from '../../src/engine/metrics/registry.ts';
import { judgeClaim } from '../../src/engine/optimize/claim.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import { examplesFolder, wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const requestOf = (seed: number, more: Partial<OptimizeRequest> = {}): OptimizeRequest => ({
  promptName: 'triage',
  prompt: parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8')),
  dataset: 'tickets.csv',
  metrics: ['accuracy'],
  settings: { seed, maxIterations: 4 },
  ...more,
});
const folder = '.prompts/triage/holdouts';

/** Rows of which `fixed` are put right and none is broken. */
function claimOf(fixed: number, earlierClaims: number) {
  const evaluation = (candidateId: string, right: (row: number) => boolean): Evaluation => ({
    candidateId,
    split: 'test',
    purpose: 'claim',
    scorecard: {},
    outcomes: noOutcomes,
    rollouts: Array.from({ length: 60 }, (_, row) => ({
      jobId: `${candidateId}/${row}`,
      candidateId,
      exampleId: String(row),
      outcome: 'ok' as const,
      output: '',
      scores: { accuracy: { value: right(row) ? 1 : 0 } },
      usage: { calls: 1, inputTokens: 1, outputTokens: 1, usd: 0, estimated: false },
    })),
  });
  const claim = judgeClaim({
    original: evaluation('original', row => row >= 20),
    best: evaluation('best', row => row >= 20 || row < fixed),
    primary: { name: 'accuracy', metric: metricNamed('accuracy') },
    seed: 1,
    earlierClaims,
  });
  assert.ok(claim);
  return claim;
}

describe('The ledger of rows that have judged results', function () {
  this.timeout(120_000);
  this.slow(30_000);

  it('has one file for each run that judged another prompt, and the next run says so before and after', async () => {
    const files = memoryFiles();
    const first = await wholeRun(wholeEngine({ files }).optimize(requestOf(1)));
    assert.notEqual(first.state.claim?.verdict, 'unchanged');
    assert.equal(first.state.claim?.earlierClaims, undefined);
    const [name = ''] = await files.list(folder);
    const record = JSON.parse((await files.read(`${folder}/${name}`)) ?? '') as object;
    assert.deepEqual(Object.keys(record).sort(), [
      'claimedAt',
      'datasetFingerprint',
      'rows',
      'rowsDigest',
      'runId',
      'schema',
    ]);
    const again = wholeEngine({ files });
    const { notes } = await again.estimate(requestOf(2));
    assert.ok(notes.some(note => note.includes('have judged a result of this prompt before')));
    const { state } = await wholeRun(again.optimize(requestOf(2)));
    assert.equal(state.header?.earlierClaims, 1);
    assert.match(
      state.claim?.sentence ?? '',
      /These rows have judged a result of this prompt before/,
    );
    assert.equal((await files.list(folder)).length, 2);
  });

  it('counts a run once, however often it goes on, and not for other prompts or other rows', async () => {
    const files = memoryFiles();
    const engine = wholeEngine({ files });
    const { state } = await wholeRun(engine.optimize(requestOf(1)));
    const resumed = await wholeRun(engine.resume(state.header?.runId ?? ''));
    assert.equal(resumed.state.claim?.sentence, state.claim?.sentence);
    assert.equal((await files.list(folder)).length, 1);
    const other = await engine.estimate(requestOf(1, { promptName: 'another' }));
    const shares = { train: 0.5, validation: 0.3, test: 0.2 };
    const divided = await engine.estimate(requestOf(1, { settings: { shares } }));
    for (const { notes } of [other, divided]) {
      assert.ok(!notes.some(note => note.includes('before: with each look')));
    }
  });

  it('leaves the verdict as it is, and says whether it holds over all looks', () => {
    const once = claimOf(7, 0);
    assert.equal(once.verdict, 'better');
    assert.doesNotMatch(once.sentence, /looks/);
    // 7 of 7: mid-p 0.0078, above 0.05 / 8 and below 0.05 / 2.
    assert.match(
      claimOf(7, 1).sentence,
      /over 2 looks p has to be below 0\.025, and this verdict holds \(p = 0\.0078\)/,
    );
    const eighth = claimOf(7, 7);
    assert.equal(eighth.verdict, 'better');
    assert.match(eighth.sentence, /below 0\.0063, and this verdict does not hold/);
    assert.doesNotMatch(claimOf(2, 3).sentence, /p has to be/);
  });
});
