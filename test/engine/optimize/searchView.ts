import type { Candidate } from '../../../src/engine/core/candidate.ts';
import type { Example } from '../../../src/engine/core/example.ts';
import { seededRandom } from '../../../src/engine/core/random.ts';
import { emptyRun, reduce } from '../../../src/engine/core/reduce.ts';
import type { Rollout } from '../../../src/engine/core/rollout.ts';
import type { RunEvent, RunHeader, RunSettings } from '../../../src/engine/core/run.ts';
import { noOutcomes, type Outcome } from '../../../src/engine/core/score.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { nothingLearned } from '../../../src/engine/optimize/foresight/metaModel.ts';
import { guardsFor } from '../../../src/engine/optimize/guards.ts';
import type { SearchView } from '../../../src/engine/optimize/search.ts';
import { aHeader } from '../../support/builders.ts';

/** A train row and how the original answered it. */
export interface RunRow {
  readonly example: Example;
  readonly value: number;
  readonly outcome?: Outcome;
  readonly output?: string;
  readonly feedback?: string;
}

/** A search whose original was run on these train rows. */
export function aView(
  rows: readonly RunRow[],
  settings: Partial<RunSettings> = {},
  later: readonly RunEvent[] = [],
  more: Partial<RunHeader> = {},
): SearchView {
  const header = aHeader('Sort.', settings, more);
  const train = rows.map(row => row.example);
  const rollouts = rows.map(
    ({ example, value, outcome = 'ok', output = 'said', feedback = '' }): Rollout => ({
      jobId: example.id,
      candidateId: header.original.id,
      exampleId: example.id,
      outcome,
      output,
      scores: outcome === 'ok' ? { exact_match: { value, feedback } } : {},
      usage: { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false },
    }),
  );
  const events: RunEvent[] = [
    { type: 'run-start', header },
    {
      type: 'evaluation-end',
      evaluation: {
        candidateId: header.original.id,
        split: 'train',
        purpose: 'original',
        scorecard: {},
        outcomes: noOutcomes,
        rollouts,
      },
    },
    ...later,
  ];
  return {
    state: events.reduce(reduce, emptyRun),
    settings: header.settings,
    train,
    validation: [],
    primary: { name: 'exact_match', metric: metricNamed('exact_match') },
    guards: [],
    refusalOf: guardsFor({ header, train, validation: [], test: [] }),
    earlier: nothingLearned,
    random: (...purpose) => seededRandom(1, ...purpose),
  };
}

/** A candidate of the run with what it came to on train rows, as a trial that was not kept. */
export function refusedTrial(
  number: number,
  parent: Candidate,
  candidate: Candidate,
  values: Readonly<Record<string, number>>,
): RunEvent[] {
  const figure = { value: 0, low: 0, high: 0, count: 1 };
  const usage = { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false };
  const rollouts = Object.entries(values).map(([exampleId, value]): Rollout => ({
    jobId: `${candidate.id}/${exampleId}`,
    candidateId: candidate.id,
    exampleId,
    outcome: 'ok',
    output: value === 1 ? 'right' : 'wrong',
    scores: { exact_match: { value } },
    usage,
  }));
  return [
    { type: 'trial-start', number, parentId: parent.id, operator: 'reflect' },
    { type: 'proposal-end', number, usage, candidate },
    {
      type: 'evaluation-end',
      evaluation: {
        candidateId: candidate.id,
        split: 'train',
        purpose: 'minibatch',
        scorecard: {},
        outcomes: noOutcomes,
        rollouts,
      },
    },
    {
      type: 'trial-end',
      trial: {
        number,
        parentId: parent.id,
        candidateId: candidate.id,
        operator: 'reflect',
        before: figure,
        after: figure,
        fixed: 1,
        broken: 2,
        accepted: false,
        reason: 'Not kept: 1 fixed and 2 broken.',
      },
    },
  ];
}
