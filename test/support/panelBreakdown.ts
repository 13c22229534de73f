import { textDiff } from '../../src/engine/compare/textDiff.ts';
import type { Breakdown, RunEvent } from '../../src/engine/index.ts';
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
export function judgedView(): RunView {
  return presentRun(foldRun(judgedEvents()), {
    status: 'ended',
    diff: textDiff,
    breakdown: aBreakdown(),
  });
}
