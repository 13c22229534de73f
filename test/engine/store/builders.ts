import type { Measurement } from '../../../src/engine/core/version.ts';
import type { ModelAnswer } from '../../../src/engine/core/languageModel.ts';
import type { RunEvent } from '../../../src/engine/core/run.ts';
import type { Rollout } from '../../../src/engine/core/rollout.ts';
import { noOutcomes } from '../../../src/engine/core/score.ts';

/** A clock that moves a second at each look, and ids in order. */
export function ticking() {
  let seconds = 0;
  let ids = 0;
  return {
    now: () => new Date(Date.UTC(2026, 7, 22, 10, 0, seconds++)),
    newId: () => `id-${++ids}`,
  };
}

/** A measurement of triage@1; the test says what matters. */
export function aMeasurement(facts: Partial<Measurement> = {}): Measurement {
  return {
    version: { promptName: 'triage', number: 1 },
    datasetName: 'tickets.csv',
    datasetFingerprint: '9c1e5a7b3d2f4c6e8a90b1c2',
    split: 'test',
    taskModel: 'demo:task',
    measuredAt: '2026-08-22T10:00:00.000Z',
    runId: '2026-08-22-7f3a',
    scorecard: { exact_match: { value: 0.5, low: 0.1, high: 0.9, count: 2 } },
    outcomes: { ...noOutcomes, ok: 2 },
    usage: { calls: 2, inputTokens: 240, outputTokens: 6, usd: 0.0001 },
    rows: {
      r1: { exact_match: { value: 1 } },
      r2: { exact_match: { value: 0, feedback: 'wrong', statistic: { hit: 0, label: 'a' } } },
    },
    ...facts,
  };
}

/** An answer of one call. */
export function anAnswer(text: string, usd?: number): ModelAnswer {
  return {
    text,
    usage: {
      calls: 1,
      inputTokens: 10,
      outputTokens: 2,
      estimated: false,
      ...(usd === undefined ? {} : { usd }),
    },
    finish: 'stop',
    model: 'demo:task',
  };
}

/** A row that was answered and scored. */
export const aRollout: Rollout = {
  jobId: 'j',
  candidateId: 'c',
  exampleId: 'e',
  outcome: 'ok',
  output: 'yes',
  scores: {},
  usage: { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false },
};

/** The last event of a run. */
export function runEnd(reason: Extract<RunEvent, { type: 'run-end' }>['reason']): RunEvent {
  return { type: 'run-end', reason, bestId: 'x', sentence: 'Stopped.' };
}
