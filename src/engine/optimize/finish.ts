import type { Candidate } from '../core/candidate.ts';
import type { RunEvent, RunState } from '../core/run.ts';
import type { Claim, Evaluation } from '../core/trial.ts';
import { foldVariance } from '../core/statistics.ts';
import { judgeClaim } from './claim.ts';
import { crossValidate, pairAcrossFolds, type Search } from './crossValidate.ts';
import { evaluate } from './evaluate.ts';
import { guardsOf, judgeGuards, worseGuards } from './guardMetrics.ts';
import { pairRows } from './paired.ts';
import { candidateNamed, incumbentOf, primaryOf, rolloutsOf } from './search.ts';
import { savingSentence } from './saving.ts';
import { reasonAgainst, type Aim } from './shipping.ts';
import { strategyOf } from './strategies/registry.ts';
import { endingForError, isExpected, mostlyWithout, type Ending } from './stop.ts';
import type { OptimizeSockets, OptimizeTask } from './task.ts';

/** How a run ended, after its look at the test rows. */
export interface Finish {
  readonly ending: Ending;
  /** The best prompt found; the original where the winner did not hold. */
  readonly bestId: string;
  /** A fault of the program, to be thrown after `run-end`. */
  readonly fault?: { readonly error: unknown };
}

/**
 * Holds the search's winner against the original on all validation rows, then runs both on the
 * test rows, once, and says what they show; where rows are few, folds take the place of the test rows.
 * A winner that these rows do not show to be better is not
 * returned (`shipping.ts`): the original is always a contestant, and wins ties.
 */
export async function* finish(
  ending: Ending,
  search: Search,
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent, Finish> {
  const { original } = task.header;
  let bestId = state().incumbentId;
  let reached = ending;
  try {
    if (ending.reason !== 'budget') bestId = yield* confirm(task, sockets, state, signal);
  } catch (error) {
    reached = endingForError(error, signal);
    if (reached.reason !== 'budget') return { bestId, ...stopped(error, reached, signal) };
  }
  const judge = (): string | undefined => reasonToStay(bestId, task, sockets, state());
  try {
    const note = yield* task.folds
      ? crossValidate(bestId, { search, confirm }, task, sockets, state, signal)
      : claim(bestId, task, sockets, state, signal);
    const stay = isRefused(state().claim) ? undefined : judge();
    if (isRefused(state().claim) || stay) bestId = original.id;
    const kept = bestId === original.id ? '' : savedNote(bestId, task, sockets, state());
    return { ending: withNote(withNote(reached, note), stay ?? kept), bestId };
  } catch (error) {
    const late = endingForError(error, signal);
    const what = task.folds
      ? 'cross-validation could not be finished'
      : 'test rows could not be run';
    const note = `${reached.sentence} The ${what}: ${late.sentence}`;
    // Stopped before its last fold, the search is kept as far as it came, like any that is stopped.
    const stay = task.folds && late.reason === 'cancelled' ? undefined : judge();
    const why = withNote({ ...late, sentence: note }, stay ?? '');
    return { bestId: stay ? original.id : bestId, ...stopped(error, why, signal) };
  }
}

/** The winner, if it is no worse than the original on all validation rows; else the original. */
async function* confirm(
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, string> {
  const { header, validation } = task;
  const { original } = header;
  const best = incumbentOf(state());
  if (best.id === original.id) return original.id;
  for (const candidate of [best, original]) {
    const known = rolloutsOf(state(), candidate.id, 'validation');
    if (known.size === validation.length) continue;
    const plan = { candidate, examples: validation, split: 'validation' } as const;
    yield* evaluate({ ...plan, purpose: 'validation' }, header, known, sockets, signal);
  }
  const before = rolloutsOf(state(), original.id, 'validation');
  const after = rolloutsOf(state(), best.id, 'validation');
  const rows = validation.map(example => example.id);
  const pair = pairRows(before, after, rows, primaryOf(task.header, sockets.metricNamed));
  const isWorse = !pair || pair.broken + pair.lost > pair.fixed || pair.gain < 0;
  const worse = aimOf(task, sockets) === 'better' && isWorse;
  const guards = guardsOf(header, sockets.metricNamed);
  const judged = judgeGuards(before, after, rows, guards, header.settings.seed);
  return worse || worseGuards(judged) !== '' ? original.id : best.id;
}

/** What validation and test rows together have against the search's winner. */
function reasonToStay(
  bestId: string,
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: RunState,
): string | undefined {
  const { original, settings } = task.header;
  if (bestId === original.id) return undefined;
  const primary = primaryOf(task.header, sockets.metricNamed);
  const pairOn = (split: 'train' | 'validation' | 'test') => {
    const before = rolloutsOf(state, original.id, split);
    const after = rolloutsOf(state, bestId, split);
    return pairRows(
      before,
      after,
      task[split].map(example => example.id),
      primary,
    );
  };
  const { folds } = task;
  return reasonAgainst({
    validation: pairOn('validation'),
    test: folds ? pairAcrossFolds(task, sockets, state) : pairOn('test'),
    ...(folds ? { variance: foldVariance } : {}),
    train: folds ? undefined : pairOn('train'),
    claimedBetter: state.claim?.verdict === 'better',
    aim: aimOf(task, sockets),
    metric: primary.metric,
    seed: settings.seed,
  });
}

/** What a shorter prompt saves, where that was the aim. */
function savedNote(
  bestId: string,
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: RunState,
): string {
  const claimOn = (id: string): Evaluation | undefined =>
    state.evaluations.find(each => each.purpose === 'claim' && each.candidateId === id);
  const original = claimOn(task.header.original.id);
  const best = claimOn(bestId);
  return aimOf(task, sockets) === 'shorter' && original && best
    ? savingSentence(original, best)
    : '';
}

function aimOf({ header }: OptimizeTask, { strategy }: OptimizeSockets): Aim {
  return (strategy ?? strategyOf(header.settings)).aim ?? 'better';
}

/** Runs the test rows; the sentence it answers says what could not be claimed, if anything. */
async function* claim(
  bestId: string,
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, string> {
  const { header, test } = task;
  if (test.length === 0) return 'There are no test rows, so nothing can be said about unseen rows.';
  sockets.releaseClaimReserve();
  const contestants = [...new Set([header.original.id, bestId])];
  const measured: Evaluation[] = [];
  for (const id of contestants) {
    const evaluation = yield* runTestRows(
      candidateNamed(state(), id),
      task,
      sockets,
      state,
      signal,
    );
    const broken = mostlyWithout('answer', evaluation);
    if (broken) return `Nothing can be said about unseen rows. ${broken.sentence}`;
    measured.push(evaluation);
  }
  const [original, best = original] = measured;
  const primary = primaryOf(header, sockets.metricNamed);
  const guards = guardsOf(header, sockets.metricNamed);
  const { seed } = header.settings;
  const made =
    original &&
    best &&
    judgeClaim({ original, best, primary, guards, seed, earlierClaims: header.earlierClaims });
  if (!made) return 'No test row was answered with both prompts, so nothing can be claimed.';
  yield { type: 'claim-end', claim: made };
  if (made.verdict === 'worse') {
    return 'The prompt that won the search is worse on unseen rows, so the original stays.';
  }
  return isRefused(made)
    ? 'The prompt that won the search made a guard worse on unseen rows, so the original stays.'
    : '';
}

/** Whether the test rows speak against the search's winner. */
function isRefused(claim: Claim | undefined): boolean {
  return claim?.verdict === 'worse' || worseGuards(claim?.guards ?? []) !== '';
}

async function* runTestRows(
  candidate: Candidate,
  { header, test }: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, Evaluation> {
  const plan = { candidate, examples: test, split: 'test', purpose: 'claim' } as const;
  yield* evaluate(plan, header, new Map(), sockets, signal);
  const evaluation = state().evaluations.at(-1);
  if (!evaluation) throw new Error('The evaluation of the test rows left no trace.');
  return evaluation;
}

function stopped(error: unknown, ending: Ending, signal: AbortSignal | undefined) {
  return isExpected(error, signal) ? { ending } : { ending, fault: { error } };
}

function withNote(ending: Ending, note: string): Ending {
  return note === '' ? ending : { ...ending, sentence: `${ending.sentence} ${note}` };
}
