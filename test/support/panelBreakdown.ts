import { textDiff } from '../../src/engine/compare/textDiff.ts';
import type { Breakdown, Claim, RunEvent } from '../../src/engine/index.ts';
import type { RunView } from '../../src/panel/messages.ts';
import { presentRun } from '../../src/panel/present.ts';
import type { RunBreakdown } from '../../src/panel/presentBreakdown.ts';
import { aScore, foldRun } from './panelBuilders.ts';
import { endedEvents } from './panelRuns.ts';

/** A judged run in which the winner fixes 15 rows of the test set and breaks 4. */
export function judgedEvents(): RunEvent[] {
  return endedEvents().map(event => {
    if (event.type !== 'evaluation-end' || event.evaluation.purpose !== 'claim') return event;
    const { evaluation } = event;
    const isWrong = (row: number): boolean =>
      evaluation.candidateId === 'original' ? row < 15 || row > 70 : row > 66;
    const rollouts = evaluation.rollouts.map((rollout, row) =>
      isWrong(row)
        ? { ...rollout, output: 'billing', scores: { accuracy: { value: 0 } } }
        : rollout,
    );
    return { ...event, evaluation: { ...evaluation, rollouts } };
  });
}

/** What the engine says of its rows. */
export function aBreakdown(): RunBreakdown {
  return {
    original: breakdownOf([
      [10, 8, 2, 2],
      [3, 14, 1, 0],
      [0, 6, 13, 1],
      [2, 3, 1, 12],
    ]),
    best: breakdownOf([
      [19, 2, 1, 0],
      [2, 15, 1, 0],
      [0, 2, 17, 1],
      [2, 3, 0, 13],
    ]),
  };
}

function breakdownOf(counts: readonly (readonly number[])[]): Breakdown {
  const labels = ['refund', 'billing', 'technical', 'a label that is longer than its column'];
  return {
    metric: 'accuracy',
    rows: 80,
    confusion: { metric: 'accuracy', labels, counts, others: [0, 0, 0, 2] },
    slices: labels.map((value, at) => ({
      column: 'queue',
      value,
      rows: 20,
      scorecard: { accuracy: aScore((counts[at]?.[at] ?? 0) / 20, 20) },
    })),
    worst: [],
  };
}

/** The ended run with its rows as the panel shows it. */
export function judgedView(claim: Partial<Claim> = {}): RunView {
  const events = judgedEvents().map(event =>
    event.type === 'claim-end' ? { ...event, claim: { ...event.claim, ...claim } } : event,
  );
  return presentRun(foldRun(events), {
    status: 'ended',
    diff: textDiff,
    breakdown: aBreakdown(),
  });
}

/** A verdict against the winner of the search. */
export const worseFigures = {
  difference: { value: -0.1, low: -0.18, high: -0.02, count: 80 },
  fixed: 3,
  broken: 11,
  pValue: 0.03,
  sentence:
    'Worse: −10.0 points [−18.0, −2.0] on 80 rows never used in the search; 3 rows fixed, 11 broken.',
} as const;

/** A verdict that so few rows cannot give. */
export const tooFewRows = {
  difference: { value: 0.042, low: -0.09, high: 0.17, count: 24 },
  fixed: 2,
  broken: 1,
  pValue: 0.63,
  rowsNeeded: 90,
  sentence:
    'Not distinguishable at n = 24; about 90 rows would show a difference of 5 points. +4.2 points [−9.0, 17.0] on 24 rows never used in the search; 2 rows fixed, 1 broken.',
} as const;
