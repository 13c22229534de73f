import type { Aggregate, RunState, TrialState } from '../engine/index.ts';
import type { ChartPoint } from './messages.ts';
import { isMeasured, validationScores, viewOfScore } from './presentScore.ts';

/**
 * Share of the rows behind the best so far that must stand behind a score before it moves the line:
 * a race begins with the rows that an edit speaks of, and those flatter it.
 */
const mostRows = 0.8;

/**
 * One point for the original and one for every trial that was measured, decided or not, in the
 * order of the calls spent.
 */
export function presentChart(state: RunState): readonly ChartPoint[] {
  const originalId = state.header?.original.id;
  const scores = validationScores(state);
  const original = originalId === undefined ? undefined : startOf(state, originalId, scores);
  if (originalId === undefined || !original) return [];
  const callsAt = callsAtDecision(state);
  const points: ChartPoint[] = [
    {
      ...pointOf(original),
      calls: callsAt.get(originalId) ?? 0,
      trial: 0,
      status: 'original',
      ...bestOf(original),
    },
  ];
  let best = original;
  for (const trial of state.trials) {
    const score = scoreOf(scores, state, trial);
    if (!score || trial.status === 'skipped' || trial.candidateId === undefined) continue;
    const status = statusOf(trial);
    if (status === 'kept' && score.count >= mostRows * best.count) best = score;
    points.push({
      ...pointOf(score),
      calls: callsAt.get(trial.candidateId) ?? points.at(-1)?.calls ?? 0,
      trial: trial.number,
      status,
      ...bestOf(best),
    });
  }
  return points;
}

/** The original on validation rows; before they are looked at, on the rows that the run began with. */
function startOf(
  { header, evaluations }: RunState,
  originalId: string,
  scores: ReadonlyMap<string, Aggregate>,
): Aggregate | undefined {
  const first = evaluations.find(each => each.candidateId === originalId);
  const begun = first?.scorecard[header?.metrics[0] ?? ''];
  return scores.get(originalId) ?? (isMeasured(begun) ? begun : undefined);
}

/** On the validation rows where the trial came so far; else on the few rows of its minibatch. */
function scoreOf(
  scores: ReadonlyMap<string, Aggregate>,
  { evaluations, header }: RunState,
  trial: TrialState,
): Aggregate | undefined {
  if (trial.status === 'skipped' || trial.candidateId === undefined) return undefined;
  const measured = scores.get(trial.candidateId);
  if (measured) return measured;
  if (trial.status === 'decided') return isMeasured(trial.after) ? trial.after : undefined;
  const newest = evaluations.findLast(each => each.candidateId === trial.candidateId);
  const score = newest?.scorecard[header?.metrics[0] ?? ''];
  return isMeasured(score) ? score : undefined;
}

function statusOf(trial: Exclude<TrialState, { status: 'skipped' }>): ChartPoint['status'] {
  if (trial.status === 'running') return 'undecided';
  return trial.accepted ? 'kept' : 'refused';
}

function pointOf(score: Aggregate): Pick<ChartPoint, 'value' | 'low' | 'high' | 'text'> {
  const { value, low, high, text } = viewOfScore(score);
  return { value, low, high, text };
}

function bestOf(score: Aggregate): Pick<ChartPoint, 'best' | 'bestLow' | 'bestHigh'> {
  const { value, low, high } = viewOfScore(score);
  return { best: value, bestLow: low, bestHigh: high };
}

/** One evaluation of the search, with the task calls of the whole run when it ended. */
interface Step {
  readonly candidateId: string;
  readonly purpose: string;
  readonly calls: number;
}

/** Steps by the evaluations they were counted from: a state changes more often than those do. */
const counted = new WeakMap<RunState['evaluations'], readonly Step[]>();

function stepsOf({ evaluations }: RunState): readonly Step[] {
  const known = counted.get(evaluations);
  if (known) return known;
  const steps = countSteps(evaluations);
  counted.set(evaluations, steps);
  return steps;
}

function countSteps(evaluations: RunState['evaluations']): readonly Step[] {
  const counted = new Set<string>();
  let calls = 0;
  return evaluations.map(({ candidateId, purpose, rollouts }) => {
    for (const { exampleId, usage } of rollouts) {
      // An evaluation repeats the rows that an earlier one of the same candidate has paid for.
      const key = `${candidateId} ${exampleId}`;
      if (counted.has(key)) continue;
      counted.add(key);
      // What came from the cache counts too: the same run draws the same picture.
      calls += usage.calls;
    }
    return { candidateId, purpose, calls };
  });
}

/**
 * Calls spent when each trial was decided, by candidate. A kept candidate is run again later, as
 * the parent of others, so only what came before the next trial's candidate counts.
 */
function callsAtDecision(state: RunState): ReadonlyMap<string, number> {
  const steps = stepsOf(state);
  const places = new Map<string, number[]>();
  steps.forEach(({ candidateId, purpose }, place) => {
    if (purpose === 'claim') return;
    const known = places.get(candidateId);
    if (known) known.push(place);
    else places.set(candidateId, [place]);
  });
  const ids = [
    state.header?.original.id,
    ...state.trials.map(trial => (trial.status === 'skipped' ? undefined : trial.candidateId)),
  ].filter(id => id !== undefined);
  const found = new Map<string, number>();
  let next = steps.length;
  for (const id of ids.toReversed()) {
    const own = (places.get(id) ?? []).filter(place => place < next);
    const decisive = own.findLast(place => steps[place]?.purpose !== 'minibatch') ?? own.at(-1);
    if (decisive !== undefined) found.set(id, steps[decisive]?.calls ?? 0);
    next = Math.min(next, own[0] ?? next);
  }
  return found;
}
