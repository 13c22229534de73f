import { shuffled } from '../../core/random.ts';
import { posteriorBetter } from '../../core/statistics.ts';
import { describePair, type Decision } from '../acceptance.ts';
import { editsBetween, withEdits, type Edit } from '../edits/edit.ts';
import { pairRows, type PairedRows } from '../paired.ts';
import { decided, nothingToCompare } from '../race.ts';
import { candidateNamed, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import { leaveOut, onRows, type Part } from './leaveOut.ts';
import { rowsKnown } from './lines.ts';
import type { RunningTrial } from './race.ts';

/** Rows after each of which the shorter prompt is looked at. */
const block = 20;

/** What a shorter prompt is held against its parent by. */
interface Together {
  /** Train and validation rows. */
  readonly rows: readonly string[];
  /** Posterior below which it is given up: before all rows were run, and then. */
  readonly plainlyWorse: number;
  readonly worse: number;
  /** The edits that took its lines out, of those that came first the ones that are surest to go. */
  inOrder(edits: readonly Edit[]): readonly Edit[];
}

/** A trial of a shorter prompt: what may be left out of it, and what the result is held against its parent by. */
export interface Shorter extends Together {
  /** What a part is called, for people. */
  readonly what: string;
  parts(): readonly Part[];
}

/** The next step of such a trial: each part alone on its rows, then all that may go together. */
export function shorterStep(trial: RunningTrial, shorter: Shorter, view: SearchView): Action[] {
  const { number, parentId, candidateId, composed } = trial;
  if (composed && candidateId !== undefined) {
    return holdTogether(trial, candidateId, shorter, view);
  }
  const tried = leaveOut(trial, shorter.parts(), view);
  if ('next' in tried) return tried.next;
  if (tried.gone.length === 0) {
    const why = `Not kept: every ${shorter.what} that was tried is needed.`;
    return [{ type: 'skip', number, why }];
  }
  const prompt = withEdits(candidateNamed(view.state, parentId).prompt, tried.gone);
  return [{ type: 'variant', number, prompt, composed: true }];
}

/**
 * All lines that may go, gone together: on all these rows, in blocks. It is kept unless it is shown to
 * be worse; then the half of the lines that is surest to go is tried in its place, until none is left.
 */
function holdTogether(
  trial: RunningTrial,
  candidateId: string,
  { rows, plainlyWorse, worse, inOrder }: Together,
  view: SearchView,
): Action[] {
  const order = shuffled(rows, view.random('together', trial.number));
  const before = rowsKnown(trial.parentId, view);
  const after = rowsKnown(candidateId, view);
  for (let count = block; ; count += block) {
    const looked = order.slice(0, count);
    for (const [id, known] of [
      [trial.parentId, before],
      [candidateId, after],
    ] as const) {
      const missing = looked.filter(row => !known.has(row));
      if (missing.length > 0) return onRows(id, missing, view, 'validation');
    }
    const complete = looked.length === order.length;
    const pair = pairRows(before, after, looked, view.primary);
    if (!pair && complete) return [nothingToCompare(trial.number)];
    if (!pair) continue;
    const decision = judged(pair, complete, complete ? worse : plainlyWorse);
    if (!decision) continue;
    const half = decision.verdict === 'refuse' ? halfOf(trial, candidateId, view, inOrder) : [];
    return half.length > 0 ? half : [decided(trial, candidateId, pair, decision, view)];
  }
}

function judged(pair: PairedRows, complete: boolean, worse: number): Decision | undefined {
  const counts = describePair(pair);
  if (posteriorBetter(pair.fixed, pair.broken + pair.lost) < worse) {
    return { verdict: 'refuse', reason: `Not kept: ${counts}.` };
  }
  return complete
    ? { verdict: 'keep', reason: `Kept: shorter, and not shown to be worse: ${counts}.` }
    : undefined;
}

function halfOf(
  { number, parentId }: RunningTrial,
  candidateId: string,
  { state, refusalOf }: SearchView,
  inOrder: Together['inOrder'],
): Action[] {
  const parent = candidateNamed(state, parentId).prompt;
  const gone = inOrder(editsBetween(parent, candidateNamed(state, candidateId).prompt));
  const half = gone.slice(0, Math.floor(gone.length / 2));
  const prompt = withEdits(parent, half);
  return half.length === 0 || refusalOf(prompt, { parent }) !== undefined
    ? []
    : [{ type: 'variant', number, prompt, composed: true }];
}
