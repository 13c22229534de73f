import type { Example } from '../../core/example.ts';
import { shuffled } from '../../core/random.ts';
import type { RunState, TrialState } from '../../core/run.ts';
import { posteriorBetter } from '../../core/statistics.ts';
import { describePair, type Decision } from '../acceptance.ts';
import { affinityOver } from '../affected.ts';
import { editsBetween } from '../edits/edit.ts';
import { promptTokens } from '../guards.ts';
import { pairRows, type PairedRows } from '../paired.ts';
import { decided, nothingToCompare, validationRows } from '../race.ts';
import { candidateNamed, rolloutsOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import { raceNumbers } from './parameters.ts';

export type RunningTrial = Extract<TrialState, { status: 'running' }>;

/** Posterior from which a race that all validation rows leave undecided goes on. */
const open = 0.3;

/** A rule that looks at a race after each block. */
export type RaceRule = (pair: PairedRows, complete: boolean, shorterBy: number) => Decision;

/**
 * The next step of a race: child and parent on the same validation rows, rows that the edits speak
 * of first (two of them to one other), in small blocks, until the rule decides.
 */
export function raceStep(
  trial: RunningTrial,
  candidateId: string,
  view: SearchView,
  rule: RaceRule,
): Action[] {
  const { state, validation } = view;
  const { block } = raceNumbers(validation.length);
  const order = raceOrder(trial, candidateId, view);
  for (let rows = block; ; rows += block) {
    const complete = rows >= order.length;
    const looked = order.slice(0, rows);
    const missing = [candidateId, trial.parentId].filter(id => {
      const known = rolloutsOf(state, id, 'validation');
      return !looked.every(row => known.has(row));
    });
    if (missing.length > 0) return missing.map(id => validationRows(id, looked));
    const pair = pairRows(
      rolloutsOf(state, trial.parentId, 'validation'),
      rolloutsOf(state, candidateId, 'validation'),
      looked,
      view.primary,
    );
    if (pair) {
      const decision = rule(pair, complete, shorterBy(trial.parentId, candidateId, state));
      if (complete && decision.verdict === 'refuse' && isOpen(pair)) {
        return extraTime(trial, candidateId, view, rule);
      }
      if (decision.verdict !== 'look-further' || complete) {
        return [decided(trial, candidateId, pair, decision, view)];
      }
    } else if (complete) return [nothingToCompare(trial.number)];
  }
}

function isOpen({ fixed, broken, lost }: PairedRows): boolean {
  return fixed > 0 && posteriorBetter(fixed, broken + lost) >= open;
}

/**
 * What all validation rows leave open is looked at on train rows too, those that the optimizer model
 * was not shown and that stand in neither prompt as examples: the best prompt won by its luck on the validation rows and keeps that luck for ever.
 */
function extraTime(
  trial: RunningTrial,
  candidateId: string,
  view: SearchView,
  rule: RaceRule,
): Action[] {
  const { state, train, validation, random } = view;
  const { block } = raceNumbers(validation.length);
  const shown = new Set([...(trial.shown ?? []), ...examplesIn(trial.parentId, state)]);
  const unshown = shuffled(train, random('extra', trial.number))
    .map(row => row.id)
    .filter(id => !shown.has(id));
  const all = (id: string) =>
    new Map([...rolloutsOf(state, id, 'validation'), ...rolloutsOf(state, id, 'train')]);
  const [before, after] = [all(trial.parentId), all(candidateId)];
  for (
    let rows = Math.min(block, unshown.length);
    ;
    rows = Math.min(rows + block, unshown.length)
  ) {
    const looked = unshown.slice(0, rows);
    const missing = [candidateId, trial.parentId].filter(
      id => !looked.every(row => (id === candidateId ? after : before).has(row)),
    );
    if (missing.length > 0) {
      return missing.map(id => ({
        type: 'evaluate' as const,
        candidateId: id,
        split: 'train' as const,
        purpose: 'minibatch' as const,
        exampleIds: looked,
      }));
    }
    const complete = rows === unshown.length;
    const pair = pairRows(
      before,
      after,
      [...validation.map(row => row.id), ...looked],
      view.primary,
    );
    if (!pair) return [nothingToCompare(trial.number)];
    const decision = rule(pair, complete, shorterBy(trial.parentId, candidateId, state));
    if (decision.verdict !== 'look-further' || complete) {
      return [decided(trial, candidateId, pair, decision, view)];
    }
  }
}

/**
 * Paired Bayesian race of section 3.3: refuse below `kill`, keep above `accept` once `fewest` rows
 * were compared, at the end keep from `promote` on with more rows fixed than broken; a tie goes to
 * a child that is a tenth shorter.
 */
export function raceRule(validationCount: number): RaceRule {
  const { fewest, kill, accept, promote } = raceNumbers(validationCount);
  return (pair, complete, shorter) => {
    const broken = pair.broken + pair.lost;
    const posterior = posteriorBetter(pair.fixed, broken);
    const counts = describePair(pair, 'validation');
    const better = pair.fixed > broken && pair.gain > 0;
    const enough = complete
      ? posterior >= promote
      : pair.before.length >= fewest && posterior > accept;
    if (better && enough) return { verdict: 'keep', reason: `Kept: ${counts}.` };
    if (complete && pair.fixed === broken && pair.gain >= 0 && shorter >= 0.1) {
      return {
        verdict: 'keep',
        reason: `Kept: ${counts}, and ${Math.round(100 * shorter)} % shorter.`,
      };
    }
    if (complete || posterior < kill) return { verdict: 'refuse', reason: `Not kept: ${counts}.` };
    return { verdict: 'look-further', reason: `Not decided yet: ${counts}.` };
  };
}

/** Validation rows that the edits speak of and the others, 2 : 1, each in drawn order. */
export function raceOrder(
  { parentId, number }: RunningTrial,
  candidateId: string,
  { state, validation, random }: SearchView,
): string[] {
  const edits = editsBetween(
    candidateNamed(state, parentId).prompt,
    candidateNamed(state, candidateId).prompt,
  );
  const affinity = affinityOver(validation);
  const isAffected = (row: Example): boolean => edits.some(edit => affinity(edit, row) > 0);
  const drawn = shuffled(validation, random('race', number));
  const affected = drawn.filter(isAffected);
  const others = drawn.filter(row => !isAffected(row));
  const order: Example[] = [];
  while (affected.length + others.length > 0) {
    order.push(...affected.splice(0, 2), ...others.splice(0, 1));
  }
  return order.map(row => row.id);
}

/** The train rows that stand in a candidate as examples. */
function examplesIn(id: string, { trials }: RunState): readonly string[] {
  const made = trials.find(
    each => each.status === 'decided' && each.candidateId === id && each.operator === 'demos',
  );
  return made?.shown ?? [];
}

function shorterBy(parentId: string, candidateId: string, state: RunState): number {
  const tokens = (id: string): number => promptTokens(candidateNamed(state, id).prompt);
  return 1 - tokens(candidateId) / tokens(parentId);
}
