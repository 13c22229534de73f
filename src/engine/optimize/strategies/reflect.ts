import { sampled } from '../../core/random.ts';
import { pickEvidence } from '../evidence.ts';
import { judge, validationRows } from '../race.ts';
import { isFailure, rolloutsOf, runningTrial, scoreOf, type SearchView } from '../search.ts';
import type { Action, Strategy } from '../strategy.ts';

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
  summary: 'One whole rewrite a trial, raced on all validation rows: fewer moving parts.',
  decide(view, acceptance) {
    const trial = runningTrial(view.state);
    if (trial) return [judge(trial, view, acceptance)];
    return (
      measureOriginal(view) ?? completeForTarget(view) ?? gatherFailures(view) ?? propose(view)
    );
  },
};

/** First of all: the original on a minibatch of train rows and on all validation rows. */
export function measureOriginal({ state, settings, train, validation, random }: SearchView) {
  if (state.evaluations.length > 0) return undefined;
  const candidateId = state.incumbentId;
  const minibatch = sampled(train, settings.sampleK, random('minibatch', 0));
  const purpose = 'original' as const;
  return [
    { type: 'evaluate', candidateId, split: 'train', purpose, exampleIds: ids(minibatch) },
    { type: 'evaluate', candidateId, split: 'validation', purpose, exampleIds: ids(validation) },
  ] satisfies Action[];
}

/** A child that was kept early may have reached the target: only all rows together can say so. */
export function completeForTarget({ state, settings, validation, primary }: SearchView) {
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

function ids(examples: readonly { readonly id: string }[]): string[] {
  return examples.map(example => example.id);
}
