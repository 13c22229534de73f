import { shuffled } from '../core/random.ts';
import type { TrialState } from '../core/run.ts';
import { promisingOnMinibatch, type Acceptance, type Decision } from './acceptance.ts';
import { judgeGuards, worseGuards } from './guardMetrics.ts';
import { promptTokens } from './guards.ts';
import { pairRows, type PairedRows } from './paired.ts';
import { candidateNamed, rolloutsOf, type SearchView } from './search.ts';
import { searchAggregate } from './searchAggregate.ts';
import type { Action } from './strategy.ts';

type RunningTrial = Extract<TrialState, { status: 'running' }>;

/**
 * The next step of a trial whose child is there: try it on the train rows that it was made from,
 * then race it against its parent on validation rows, block by block, until the acceptance rule
 * decides. The rows it was made from flatter a child, so they can refuse it and never keep it.
 */
export function judge(trial: RunningTrial, view: SearchView, acceptance: Acceptance): Action {
  const { state } = view;
  const { number, candidateId, shown = [] } = trial;
  if (candidateId === undefined) {
    return { type: 'skip', number, why: 'The optimizer model proposed nothing.' };
  }
  const screened = state.evaluations.some(
    each => each.candidateId === candidateId && each.purpose === 'minibatch',
  );
  if (!screened) {
    return {
      type: 'evaluate',
      candidateId,
      split: 'train',
      purpose: 'minibatch',
      exampleIds: shown,
    };
  }
  const screen = compare(trial, candidateId, 'train', shown, view);
  if (!screen) return nothingToCompare(number);
  const gate = promisingOnMinibatch({
    ...lengths(trial, candidateId, view),
    pair: screen,
    complete: true,
  });
  if (gate.verdict === 'refuse') return decided(trial, candidateId, screen, gate, view);
  return race(trial, candidateId, view, acceptance);
}

function race(
  trial: RunningTrial,
  candidateId: string,
  view: SearchView,
  acceptance: Acceptance,
): Action {
  const { state, validation, random } = view;
  const order = shuffled(validation, random('race')).map(example => example.id);
  for (const rows of raceLooks(order.length)) {
    const block = order.slice(0, rows);
    for (const id of [candidateId, trial.parentId]) {
      const known = rolloutsOf(state, id, 'validation');
      if (!block.every(row => known.has(row))) return validationRows(id, block);
    }
    const pair = compare(trial, candidateId, 'validation', block, view);
    const complete = rows === order.length;
    if (!pair) {
      if (complete) return nothingToCompare(trial.number);
      continue;
    }
    const decision = acceptance({ ...lengths(trial, candidateId, view), pair, complete });
    if (decision.verdict !== 'look-further' || complete) {
      return decided(trial, candidateId, pair, decision, view);
    }
  }
  return nothingToCompare(trial.number);
}

/**
 * Numbers of validation rows at which a race is looked at: a fifth of them (6 at least, 40 at
 * most), then twice as many each time, at last all. Few looks, so that little chance is taken.
 */
export function raceLooks(rows: number): number[] {
  const looks: number[] = [];
  let next = Math.min(40, Math.max(6, Math.round(rows / 5)));
  for (; next < rows; next *= 2) looks.push(next);
  return [...looks, rows];
}

function compare(
  { parentId }: RunningTrial,
  candidateId: string,
  split: 'train' | 'validation',
  rows: readonly string[],
  { state, primary }: SearchView,
): PairedRows | undefined {
  const before = rolloutsOf(state, parentId, split);
  const after = rolloutsOf(state, candidateId, split);
  return pairRows(before, after, rows, primary);
}

function lengths({ parentId }: RunningTrial, candidateId: string, { state }: SearchView) {
  return {
    parentTokens: promptTokens(candidateNamed(state, parentId).prompt),
    childTokens: promptTokens(candidateNamed(state, candidateId).prompt),
  };
}

/** The action that ends a trial by a decision; a guard that got worse refuses what would be kept. */
export function decided(
  { number, parentId, operator }: RunningTrial,
  candidateId: string,
  pair: PairedRows,
  decision: Decision,
  view: SearchView,
): Action {
  const { settings, primary } = view;
  const worse = decision.verdict === 'keep' ? guardedAgainst(parentId, candidateId, view) : '';
  const { verdict, reason } =
    worse === '' ? decision : ({ verdict: 'refuse', reason: `Not kept: ${worse}` } as const);
  return {
    type: 'decide',
    trial: {
      number,
      parentId,
      candidateId,
      operator,
      before: searchAggregate(pair.before, primary.metric, settings.seed),
      after: searchAggregate(pair.after, primary.metric, settings.seed),
      fixed: pair.fixed,
      broken: pair.broken,
      accepted: verdict === 'keep',
      reason,
    },
  };
}

/** What the guards have against a child on the validation rows; empty where they let it pass. */
function guardedAgainst(
  parentId: string,
  candidateId: string,
  { state, settings, validation, guards }: SearchView,
): string {
  const before = rolloutsOf(state, parentId, 'validation');
  const after = rolloutsOf(state, candidateId, 'validation');
  const rows = validation.map(example => example.id);
  return worseGuards(judgeGuards(before, after, rows, guards, settings.seed));
}

/** The action that ends a trial in which no row has both answers. */
export function nothingToCompare(number: number): Action {
  return {
    type: 'skip',
    number,
    why: 'No row was answered with both prompts, so nothing can be compared.',
  };
}

/** Runs a candidate on these validation rows. */
export function validationRows(candidateId: string, exampleIds: readonly string[]): Action {
  return { type: 'evaluate', candidateId, split: 'validation', purpose: 'validation', exampleIds };
}
