import {
  emptyRun,
  reduce,
  type RunEvent,
  type RunHeader,
  type RunState,
} from '../../src/engine/index.ts';
import { withDefaults } from '../../src/engine/core/defaults.ts';
import type { Rollout } from '../../src/engine/core/rollout.ts';
import { noOutcomes } from '../../src/engine/core/score.ts';

/** The header of a small search with two metrics. */
export const header: RunHeader = {
  runId: '2026-11-20-ab12',
  kind: 'optimize',
  promptName: 'triage',
  version: 1,
  original: {
    id: 'c0',
    prompt: { system: 'Sort.', output: '' },
    parents: [],
    operator: 'original',
  },
  settings: withDefaults({ seed: 7 }),
  datasetName: 'tickets.csv',
  datasetFingerprint: 'f00dfeedbeef1234',
  rows: { train: 3, validation: 2, test: 2 },
  unusableRows: 1,
  metrics: ['accuracy', 'token_f1'],
  taskModel: 'demo:task',
  optimizerModel: 'demo:optimizer',
};

/** A rollout that cost one call of 10 tokens. */
export function rollout(line: number, changes: Partial<Rollout> = {}): Rollout {
  return {
    jobId: `c0/r${line}`,
    candidateId: 'c0',
    exampleId: `r${line}`,
    line,
    outcome: 'ok',
    output: 'billing',
    scores: { accuracy: { value: 1 }, token_f1: { value: 1 } },
    usage: { calls: 1, inputTokens: 8, outputTokens: 2, usd: 0.001, estimated: false },
    ...changes,
  };
}

const aggregate = (value: number, low: number, high: number, count = 2) => ({
  value,
  low,
  high,
  count,
});

/** A search of one trial: one row failed, the child was kept, the test rows say "better". */
export const searchEvents: readonly RunEvent[] = [
  { type: 'run-start', header },
  {
    type: 'evaluation-start',
    candidateId: 'c0',
    split: 'validation',
    purpose: 'original',
    rows: 2,
  },
  { type: 'rollout-end', rollout: rollout(4) },
  {
    type: 'rollout-end',
    rollout: rollout(9, {
      outcome: 'failed',
      scores: {},
      failure: 'No answer\u001B[2J after 5 tries.',
    }),
  },
  {
    type: 'evaluation-end',
    evaluation: {
      candidateId: 'c0',
      split: 'validation',
      purpose: 'original',
      scorecard: { accuracy: aggregate(0.5, 0.1, 0.9) },
      outcomes: { ...noOutcomes, ok: 1, failed: 1 },
      rollouts: [
        rollout(4),
        rollout(9, { outcome: 'failed', scores: {}, failure: 'No answer\u001B[2J after 5 tries.' }),
      ],
    },
  },
  { type: 'trial-start', number: 1, parentId: 'c0', operator: 'reflect' },
  {
    type: 'proposal-end',
    number: 1,
    usage: { calls: 1, inputTokens: 100, outputTokens: 20, usd: 0.01, estimated: false },
    candidate: {
      id: 'c1',
      prompt: { system: 'Sort well.', output: '' },
      parents: ['c0'],
      operator: 'reflect',
    },
  },
  { type: 'wait', role: 'task', ms: 4_000, why: 'the server asks for fewer calls' },
  {
    type: 'trial-end',
    trial: {
      number: 1,
      parentId: 'c0',
      candidateId: 'c1',
      operator: 'reflect',
      before: aggregate(0.4, 0.1, 0.7),
      after: aggregate(0.6, 0.3, 0.9),
      fixed: 2,
      broken: 1,
      accepted: true,
      reason: 'better on paired rows',
    },
  },
  {
    type: 'claim-end',
    claim: {
      metric: 'accuracy',
      originalId: 'c0',
      bestId: 'c1',
      original: { accuracy: aggregate(0.4, 0.3, 0.5, 40), token_f1: aggregate(0.5, 0.4, 0.6, 40) },
      best: { accuracy: aggregate(0.8, 0.7, 0.9, 40), token_f1: aggregate(0.75, 0.6, 0.9, 40) },
      difference: aggregate(0.4, 0.2, 0.6, 40),
      fixed: 18,
      broken: 2,
      pValue: 0.001,
      verdict: 'better',
      sentence: 'Better on rows that the search never saw.',
    },
  },
  { type: 'run-end', reason: 'target', bestId: 'c1', sentence: 'Stopped: the target was reached.' },
];

/** The fold of events. */
export function stateAfter(events: readonly RunEvent[]): RunState {
  return events.reduce(reduce, emptyRun);
}
