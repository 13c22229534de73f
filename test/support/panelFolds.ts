import { metricNamed } from '../../src/engine/metrics/registry.ts';
import { judgeClaim } from '../../src/engine/optimize/claim.ts';
import type { Evaluation, RunEvent } from '../../src/engine/index.ts';
import type { PanelState, RunView } from '../../src/panel/messages.ts';
import { presentPanel, type PanelParts } from '../../src/panel/present.ts';
import { aCandidate, aHeader, aScore, evaluationEvents, trialEvents } from './panelBuilders.ts';
import { original, second, viewOf } from './panelRuns.ts';

const rows = 20;
const folds = 5;

/** Eight of twenty rows are right before, and all but two with what the folds find. */
const before = (row: number) => (row < 8 ? right : { output: 'billing', value: 0 });
const after = (row: number) => (row === 0 || row > 18 ? { output: 'other', value: 0 } : right);
const right = { output: 'refund', value: 1 };

const idOf = (row: number): string => `all-${row}`;
const heldOutBy = (fold: number): number[] =>
  Array.from({ length: rows / folds }, (_, at) => fold - 1 + at * folds);

const evaluationIn = (events: readonly RunEvent[]): Evaluation => {
  const end = events.find(event => event.type === 'evaluation-end');
  if (end?.type !== 'evaluation-end') throw new Error('No evaluation has ended.');
  return end.evaluation;
};

const originalOnAll = evaluationEvents({
  candidateId: 'original',
  split: 'all',
  purpose: 'claim',
  score: aScore(0.4, rows),
  answer: before,
});

function foldEvents(number: number): RunEvent[] {
  const winner = aCandidate(`f${number}`, `${second.prompt.system}\nFold ${number}.`);
  const held = heldOutBy(number);
  const judged = evaluationEvents({
    candidateId: winner.id,
    purpose: 'claim',
    score: aScore(0.75, held.length),
    rows: held.length,
    answer: at => after(held[at] ?? 0),
  }).map(event =>
    event.type === 'evaluation-end'
      ? {
          ...event,
          evaluation: {
            ...event.evaluation,
            rollouts: event.evaluation.rollouts.map((rollout, at) => ({
              ...rollout,
              exampleId: idOf(held[at] ?? 0),
              ...(held[at] === 0 ? { flaky: true as const } : {}),
            })),
          },
        }
      : event,
  );
  return [
    { type: 'fold-start', number, heldOut: held.map(idOf) },
    ...trialEvents({
      number: 1,
      parentId: 'original',
      candidate: winner,
      before: aScore(0.4, 7),
      after: aScore(0.8, 7),
      validation: aScore(0.8, 7),
      accepted: true,
      fixed: 3,
      broken: 0,
      reason: 'Kept: 3 fixed and 0 broken on 7 validation rows.',
    }),
    ...judged,
    {
      type: 'fold-end',
      winnerId: winner.id,
      sentence: 'Target reached: 100 % on 7 validation rows, asked for 90 %.',
    },
  ];
}

function firstSearch(): RunEvent[] {
  return [
    {
      type: 'run-start',
      header: aHeader({
        original,
        rows: { train: 12, validation: 8 },
        folds,
        taskModel: 'demo:task',
        optimizerModel: 'demo:optimizer',
      }),
    },
    ...evaluationEvents({ candidateId: 'original', purpose: 'original', score: aScore(0.4, 8) }),
    ...trialEvents({
      number: 1,
      parentId: 'original',
      candidate: second,
      before: aScore(0.4, 8),
      after: aScore(0.9, 8),
      validation: aScore(0.9, 8),
      accepted: true,
      fixed: 4,
      broken: 0,
      reason: 'Kept: 4 fixed and 0 broken on 8 validation rows.',
    }),
    ...originalOnAll,
  ];
}

/** A cross-validated run in the middle of its third fold. */
function inFoldEvents(): RunEvent[] {
  return [...firstSearch(), ...foldEvents(1), ...foldEvents(2), ...foldEvents(3).slice(0, 8)];
}

/** The same run at its end; the claim is the engine's own. */
function crossValidatedEvents(): RunEvent[] {
  const searches = [1, 2, 3, 4, 5].flatMap(foldEvents);
  const first = evaluationIn(originalOnAll);
  const claim = judgeClaim({
    original: first,
    best: {
      ...first,
      candidateId: '',
      scorecard: { accuracy: aScore(0.9, rows) },
      rollouts: first.rollouts.map((rollout, row) => ({
        ...rollout,
        scores: { accuracy: { value: after(row).value } },
      })),
    },
    primary: { name: 'accuracy', metric: metricNamed('accuracy') },
    seed: 1,
    folds: { count: folds, offeredId: second.id },
  });
  if (!claim) throw new Error('There is nothing to claim.');
  return [
    ...firstSearch(),
    ...searches,
    { type: 'claim-end', claim },
    {
      type: 'run-end',
      reason: 'target',
      bestId: second.id,
      sentence: 'Target reached: 100 % on 8 validation rows, asked for 90 %.',
    },
  ];
}

/** The pages of a cross-validation, by name; `parts` is what the host knows before it. */
export function foldStates(parts: PanelParts): Readonly<Record<string, PanelState>> {
  const withRun = (run: RunView): PanelState => presentPanel({ ...parts, run });
  return {
    fold: withRun(viewOf(inFoldEvents(), 'running')),
    'cross-validated': withRun(viewOf(crossValidatedEvents(), 'ended')),
    'few-rows': presentPanel(withFewRows(parts)),
  };
}

/** The form over so few rows that the search is cross-validated. */
function withFewRows({ estimate, ...parts }: PanelParts): PanelParts {
  if (typeof estimate !== 'object' || 'problem' in estimate) throw new Error('No estimate.');
  const divided = { train: 12, validation: 8, test: 0 };
  const notes = ['It is done 6 times, once on all 20 rows and once for each of 5 folds.'];
  return { ...parts, estimate: { ...estimate, rows: divided, folds, notes } };
}
