import type { Example } from '../../core/example.ts';
import type { Rollout } from '../../core/rollout.ts';
import { describePair, type Decision } from '../acceptance.ts';
import { promptTokens } from '../guards.ts';
import { pairRows } from '../paired.ts';
import { decided, nothingToCompare, validationRows } from '../race.ts';
import { candidateNamed, rolloutsOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import { changesOn, creditOf, posteriorOf, type Credit } from './credit.ts';
import { raceNumbers } from './parameters.ts';
import { firstOf, withoutHarm, withStandIns } from './withoutHarm.ts';
import { raceOrder, type RunningTrial } from './race.ts';
import { editsFrom, sayOver } from './say.ts';

/**
 * The next step of a proposal's race: child and parent on the same validation rows, those that the
 * edits speak of first, in small blocks. After each block an edit that broke more than it fixed is
 * left out, and the race goes on without it: rows on which it had no say need not be run again.
 * `most` rows are looked at. Then, or once it is clear, the child is kept or refused by the changes
 * that its edits can have made; others count little.
 */
export function creditRace(
  trial: RunningTrial,
  candidateId: string,
  most: number,
  view: SearchView,
): Action[] {
  const { state, validation, primary } = view;
  const { block } = raceNumbers(validation.length);
  const rows = new Map(validation.map(row => [row.id, row]));
  const order = raceOrder(trial, firstOf(trial, candidateId), view)
    .slice(0, most)
    .flatMap(id => rows.get(id) ?? []);
  const parent = candidateNamed(state, trial.parentId);
  const edits = editsFrom(parent, candidateNamed(state, candidateId));
  const isGeneral = edits.some(sayOver(view).isGeneral);
  const theirs = rolloutsOf(state, trial.parentId, 'validation');
  const own = rolloutsOf(state, candidateId, 'validation');
  const answers = withStandIns(own, trial, candidateId, view);
  for (let count = block; ; count += block) {
    const isComplete = count >= order.length;
    const looked = order.slice(0, count);
    const missing = [
      ...missingRows(
        candidateId,
        own,
        looked.filter(row => !answers.has(row.id)),
      ),
      ...missingRows(
        trial.parentId,
        theirs,
        looked.filter(row => !theirs.has(row.id)),
      ),
    ];
    if (missing.length > 0) return missing;
    const changes = changesOn(looked, trial.parentId, candidateId, answers, view);
    const better = withoutHarm(trial, candidateId, changes, view);
    if (better) return [better];
    const credit = creditOf(changes, isGeneral);
    const ids = looked.map(row => row.id);
    const pair = pairRows(theirs, own, ids, primary);
    const decision = judged(credit, pair?.before.length ?? 0, isComplete, {
      shorter: 1 - tokensOf(candidateId, view) / tokensOf(trial.parentId, view),
      counts: pair ? describePair(pair, 'validation') : '',
      validation: validation.length,
    });
    if (decision.verdict === 'look-further' && !isComplete) continue;
    const last =
      decision.verdict === 'keep' && withoutHarm(trial, candidateId, changes, view, true);
    if (last) return [last];
    // What is kept has been run itself, on the rows that it can affect most.
    const unseen = looked.slice(0, block).filter(row => !own.has(row.id));
    if (unseen.length > 0 && (!pair || decision.verdict === 'keep')) {
      return missingRows(candidateId, own, unseen);
    }
    return [
      pair ? decided(trial, candidateId, pair, decision, view) : nothingToCompare(trial.number),
    ];
  }
}

interface Standing {
  /** Share of its parent's tokens that the child saves. */
  readonly shorter: number;
  /** What happened on the rows, for people. */
  readonly counts: string;
  readonly validation: number;
}

/** Keep, refuse or look further; the thresholds are those of section 3.4 of the design notes. */
function judged(
  credit: Credit,
  compared: number,
  isComplete: boolean,
  { shorter, counts, validation }: Standing,
): Decision {
  const { fewest, kill, accept, promote } = raceNumbers(validation);
  const posterior = posteriorOf(credit);
  const weighed = `${counts} (weighed by what the edits can have changed: ${rounded(credit.fixed)} to ${rounded(credit.broken)})`;
  const enough = isComplete ? posterior >= promote : compared >= fewest && posterior > accept;
  if (credit.fixed > credit.broken && enough) {
    return { verdict: 'keep', reason: `Kept: ${weighed}.` };
  }
  if (isComplete && credit.fixed === credit.broken && shorter >= 0.1) {
    return {
      verdict: 'keep',
      reason: `Kept: ${weighed}, and ${Math.round(100 * shorter)} % shorter.`,
    };
  }
  const isOver = isComplete || posterior < kill;
  return isOver
    ? { verdict: 'refuse', reason: `Not kept: ${weighed}.` }
    : { verdict: 'look-further', reason: `Not decided yet: ${weighed}.` };
}

function rounded(value: number): number {
  return Math.round(10 * value) / 10;
}

/** Runs rows together with those that are known and cost nothing: an evaluation shows them all. */
function missingRows(
  candidateId: string,
  known: ReadonlyMap<string, Rollout>,
  rows: readonly Example[],
): Action[] {
  if (rows.length === 0) return [];
  return [validationRows(candidateId, [...known.keys(), ...rows.map(row => row.id)])];
}

function tokensOf(id: string, { state }: SearchView): number {
  return promptTokens(candidateNamed(state, id).prompt);
}
