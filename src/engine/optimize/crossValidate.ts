import type { Example } from '../core/example.ts';
import { BudgetError } from '../core/errors.ts';
import type { Rollout } from '../core/rollout.ts';
import type { RunEvent, RunState } from '../core/run.ts';
import type { Evaluation } from '../core/trial.ts';
import { judgeClaim } from './claim.ts';
import { evaluate, summarize } from './evaluate.ts';
import { guardsOf, worseGuards } from './guardMetrics.ts';
import { pairRows, type PairedRows } from './paired.ts';
import { candidateNamed, primaryOf, rolloutsOf } from './search.ts';
import { endingForError, endingOfPart, mostlyWithout, type Ending } from './stop.ts';
import type { OptimizeSockets, OptimizeTask } from './task.ts';

/** A search over the rows of a task, by the state that it leads to. */
export type Search = (
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
) => AsyncGenerator<RunEvent, Ending>;

/** Holds a search's winner against the original on all validation rows; answers who stays. */
export type Confirm = (
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
) => AsyncGenerator<RunEvent, string>;

/**
 * What the search gains on rows that it does not see, where there are too few rows to keep some
 * aside: the search is done again on the rows of each fold but those held out, and its winner is run
 * on these. So every row is scored once for the original and once for a prompt that never saw it.
 * A fold's search knows nothing of the others, nor of the search on all rows, which came first: that
 * one's prompt is offered, and kept if the run is stopped here. Where it found nothing better, there is
 * nothing to claim, and no fold is paid for.
 *
 * Answers the sentence that says what could not be claimed, if anything.
 */
export async function* crossValidate(
  offeredId: string,
  steps: { readonly search: Search; readonly confirm: Confirm },
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, string> {
  const { header, folds = [] } = task;
  const rows = rowsOf(task);
  sockets.releaseClaimReserve();
  const known = new Map([
    ...rolloutsOf(state(), header.original.id, 'train'),
    ...rolloutsOf(state(), header.original.id, 'validation'),
  ]);
  const all = { candidate: header.original, examples: rows, split: 'all' } as const;
  yield* evaluate({ ...all, purpose: 'claim' }, header, known, sockets, signal);
  const original = state().evaluations.at(-1);
  const broken = original && mostlyWithout('answer', original);
  if (broken) return `Nothing can be said about unseen rows. ${broken.sentence}`;
  if (offeredId !== header.original.id) {
    for (const [at, fold] of folds.entries()) {
      const ending = yield* runFold(
        { ...task, ...fold, fold: at + 1 },
        steps,
        sockets,
        state,
        signal,
      );
      if (ending.reason === 'failed') {
        return `The cross-validation was given up in fold ${at + 1}. ${ending.sentence}`;
      }
    }
  }
  const held = offeredId === header.original.id ? original : heldOut(task, sockets, state());
  const lost = held && mostlyWithout('answer', held);
  if (lost) return `Nothing can be said about unseen rows. ${lost.sentence}`;
  const made =
    original &&
    held &&
    judgeClaim({
      original,
      best: held,
      primary: primaryOf(header, sockets.metricNamed),
      guards: guardsOf(header, sockets.metricNamed),
      seed: header.settings.seed,
      earlierClaims: header.earlierClaims,
      folds: { count: folds.length, offeredId },
    });
  if (!made) return 'No row was answered with both prompts, so nothing can be claimed.';
  yield { type: 'claim-end', claim: made };
  if (made.verdict === 'worse') {
    return 'What the search finds is worse on rows that it does not see, so the original stays.';
  }
  return worseGuards(made.guards ?? []) === ''
    ? ''
    : 'What the search finds makes a guard worse on rows that it does not see, so the original stays.';
}

/** The original and the folds' winners on the rows held out; undefined before all folds have ended. */
export function pairAcrossFolds(
  task: OptimizeTask,
  { metricNamed }: OptimizeSockets,
  state: RunState,
): PairedRows | undefined {
  if (state.folds.length < (task.folds?.length ?? 0)) return undefined;
  const before = state.evaluations.findLast(each => each.split === 'all')?.rollouts ?? [];
  const after = state.folds.flatMap(fold => fold.rollouts);
  return pairRows(
    byExample(before),
    byExample(after),
    rowsOf(task).map(({ id }) => id),
    primaryOf(task.header, metricNamed),
  );
}

/** One fold: its search, as far as its part of the budget goes, and its winner on the rows held out. */
async function* runFold(
  task: OptimizeTask & { readonly fold: number },
  { search, confirm }: { readonly search: Search; readonly confirm: Confirm },
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, Ending> {
  const { header, fold: number, test } = task;
  const ofFold = (): RunState => {
    const { fold } = state();
    if (!fold) throw new Error('There is no fold under way.');
    return fold.search;
  };
  sockets.releaseClaimReserve();
  yield { type: 'fold-start', number, heldOut: test.map(({ id }) => id) };
  let ending: Ending;
  let winnerId: string;
  try {
    ending = yield* search(task, sockets, ofFold, signal);
    if (ending.reason === 'failed') return ending;
    winnerId = yield* confirm(task, sockets, ofFold, signal);
  } catch (error) {
    // Its part is used up; what is kept aside for the other folds, and for this look, is not.
    if (!(error instanceof BudgetError)) throw error;
    ending = endingOfPart(endingForError(error, signal));
    winnerId = ofFold().incumbentId;
  }
  sockets.releaseClaimReserve();
  if (winnerId !== header.original.id) {
    const candidate = candidateNamed(ofFold(), winnerId);
    const plan = { candidate, examples: test, split: 'test', purpose: 'claim' } as const;
    yield* evaluate(plan, header, new Map(), sockets, signal);
  }
  yield { type: 'fold-end', winnerId, sentence: ending.sentence };
  return ending;
}

/** All winners on the rows held out, as one evaluation; it is of no one prompt. */
function heldOut(
  { header, ...task }: OptimizeTask,
  sockets: OptimizeSockets,
  { folds }: RunState,
): Evaluation {
  const rollouts = byExample(folds.flatMap(fold => fold.rollouts));
  const examples = rowsOf({ header, ...task });
  const plan = { candidate: header.original, examples, split: 'all', purpose: 'claim' } as const;
  const inOrder = examples.flatMap(({ id }) => rollouts.get(id) ?? []);
  return { ...summarize(plan, inOrder, header, sockets), candidateId: '' };
}

function rowsOf({ train, validation }: OptimizeTask): Example[] {
  return [...train, ...validation].sort((left, right) => left.line - right.line);
}

function byExample(rollouts: readonly Rollout[]): ReadonlyMap<string, Rollout> {
  return new Map(rollouts.map(rollout => [rollout.exampleId, rollout]));
}
