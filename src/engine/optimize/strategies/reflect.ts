import { sampled, shuffled } from '../../core/random.ts';
import type { TrialState } from '../../core/run.ts';
import { promisingOnMinibatch, type Acceptance, type Decision } from '../acceptance.ts';
import { pickEvidence } from '../evidence.ts';
import { promptTokens } from '../guards.ts';
import { pairRows, type PairedRows } from '../paired.ts';
import {
  candidateNamed,
  isFailure,
  rolloutsOf,
  runningTrial,
  scoreOf,
  type SearchView,
} from '../search.ts';
import { searchAggregate } from '../searchAggregate.ts';
import type { Action, Strategy } from '../strategy.ts';

type RunningTrial = Extract<TrialState, { status: 'running' }>;

/** Failures to learn from that a proposal should have, where the train rows hold them. */
const enoughFailures = 3;

/**
 * The search of this house's first days: reflect on failures, screen, race.
 *
 * The original is run on a minibatch of train rows and on the validation rows. Each trial shows the
 * optimizer model failures of the best prompt beside look-alike rows that it gets right, tries the
 * child on these rows, and races it on the validation rows, paired with its parent, in growing
 * blocks, until the acceptance rule decides.
 */
export const reflect: Strategy = {
  id: 'reflect',
  decide(view, acceptance) {
    const trial = runningTrial(view.state);
    if (trial) return [judge(trial, view, acceptance)];
    return (
      measureOriginal(view) ?? completeForTarget(view) ?? gatherFailures(view) ?? propose(view)
    );
  },
};

function measureOriginal({ state, settings, train, validation, random }: SearchView) {
  if (state.evaluations.length > 0) return undefined;
  const candidateId = state.incumbentId;
  const minibatch = sampled(train, settings.sampleK, random('minibatch', 0));
  const purpose = 'original' as const;
  return [
    { type: 'evaluate', candidateId, split: 'train', purpose, exampleIds: ids(minibatch) },
    { type: 'evaluate', candidateId, split: 'validation', purpose, exampleIds: ids(validation) },
  ] satisfies Action[];
}

// A child that was kept early may have reached the target: only all rows together can say so.
function completeForTarget({ state, settings, validation, primary }: SearchView) {
  const known = rolloutsOf(state, state.incumbentId, 'validation');
  if (known.size === validation.length) return undefined;
  const scores = [...known.values()].flatMap(rollout => scoreOf(rollout, primary) ?? []);
  if (scores.length === 0 || primary.metric.aggregate(scores) < settings.targetThreshold) {
    return undefined;
  }
  return [validationRows(state.incumbentId, ids(validation))];
}

function gatherFailures({ state, settings, train, primary, random }: SearchView) {
  const known = rolloutsOf(state, state.incumbentId, 'train');
  const untouched = train.filter(example => !known.has(example.id));
  if (untouched.length === 0) return undefined;
  const failures = [...known.values()].filter(rollout => isFailure(rollout, primary));
  const shown = new Set(
    state.trials
      .filter(trial => trial.parentId === state.incumbentId)
      .flatMap(trial => trial.shown ?? []),
  );
  const fresh = failures.some(rollout => !shown.has(rollout.exampleId));
  if (failures.length >= enoughFailures && fresh) return undefined;
  const next = sampled(untouched, settings.sampleK, random('gather', known.size));
  return [
    {
      type: 'evaluate',
      candidateId: state.incumbentId,
      split: 'train',
      purpose: 'minibatch',
      exampleIds: ids(next),
    },
  ] satisfies Action[];
}

function propose(view: SearchView): Action[] {
  const { state } = view;
  const shown = pickEvidence(view);
  if (shown.length === 0) return [];
  return [
    {
      type: 'propose',
      number: state.trials.length + 1,
      parentId: state.incumbentId,
      operator: 'reflect',
      shown,
    },
  ];
}

function judge(trial: RunningTrial, view: SearchView, acceptance: Acceptance): Action {
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
  const order = ids(shuffled(validation, random('race')));
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

function decided(
  { number, parentId, operator }: RunningTrial,
  candidateId: string,
  pair: PairedRows,
  { verdict, reason }: Decision,
  { settings, primary }: SearchView,
): Action {
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

function nothingToCompare(number: number): Action {
  return {
    type: 'skip',
    number,
    why: 'No row was answered with both prompts, so nothing can be compared.',
  };
}

function validationRows(candidateId: string, exampleIds: readonly string[]): Action {
  return { type: 'evaluate', candidateId, split: 'validation', purpose: 'validation', exampleIds };
}

function ids(examples: readonly { readonly id: string }[]): string[] {
  return examples.map(example => example.id);
}
