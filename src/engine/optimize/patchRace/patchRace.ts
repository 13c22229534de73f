import { shuffled } from '../../core/random.ts';
import { lineageRollouts } from '../lineage.ts';
import {
  incumbentOf,
  isFailure,
  rolloutsOf,
  runningTrial,
  scoreOf,
  type SearchView,
} from '../search.ts';
import type { Action, Strategy } from '../strategy.ts';
import { heading } from '../demonstration.ts';
import { withoutExampleRows } from '../exampleRows.ts';
import { examplesFor } from '../strategies/demos.ts';
import { completeForTarget, measureOriginal } from '../strategies/reflect.ts';
import { validationRows } from '../race.ts';
import { clusteredEvidence, inContrast } from './clusters.ts';
import { creditRace } from './creditRace.ts';
import { enoughFailures, manyFailures, raceNumbers } from './parameters.ts';
import { raceRule, raceStep, type RunningTrial } from './race.ts';
import { beginRemoval, removalStep } from './remove.ts';
import { stalled } from './stalled.ts';
import { standingRollouts } from './standing.ts';
import { chosenStep } from './arms.ts';

/** A train score this close to the target is looked at on the validation rows before a search. */
const nearTarget = 0.1;
/** Trials in a row without a better prompt after which lines are tried for removal, if there are so many new ones. */
const removeAfter = 2;
const worthTrying = 3;
/** … and after which a single one is enough. */
const removeAnyAfter = 4;
/** … after which examples are tried … */
const showAfter = 8;
/** … and after which the evidence is widened. */
const widenAfter = 4;
/** … and after which the best prompt is run on all validation rows: before that it is soon replaced. */
const completeAfter = 3;
/** Train rows that are asked for at once, at least. */
const fewestGathered = 5;

/**
 * The search of section 3.3, its screen and its race in one: the optimizer model sees clustered
 * failures beside look-alike passes; what it changed is taken apart into edits, which together race
 * the best prompt on paired validation rows, in small blocks. Each changed row is put down to the
 * edits that can have changed it: an edit that breaks more than it fixes leaves the race. Where
 * the search stalls, lines that earn nothing are taken out, and examples are tried.
 */
export const patchRace: Strategy = {
  id: 'patch-race',
  summary:
    'Edits from clustered failures, raced together, those that harm left out on the way: the default.',
  decide(whole) {
    const trial = runningTrial(whole.state);
    const view = withoutExampleRows(trial?.parentId ?? whole.state.incumbentId, whole);
    if (trial) return step(trial, view);
    return (
      beginOnTrain(view) ??
      completeForTarget(view) ??
      completeWhenStalled(view) ??
      (view.settings.bandit ? undefined : removeWhenStalled(view)) ??
      (view.settings.bandit ? undefined : showWhenStalled(view)) ??
      gatherFailures(view) ??
      (view.settings.bandit ? choose(view) : propose(view))
    );
  },
};

function step(trial: RunningTrial, view: SearchView): Action[] {
  const { validation } = view;
  const { number, candidateId } = trial;
  if (candidateId === undefined) {
    return [{ type: 'skip', number, why: 'The optimizer model proposed nothing.' }];
  }
  if (trial.operator === 'remove') return removalStep(trial, view);
  if (trial.operator === 'demos') {
    return raceStep(trial, candidateId, view, raceRule(validation.length));
  }
  const { early, late } = raceNumbers(validation.length);
  const most = failureRate(trial.parentId, view) > manyFailures ? early : late;
  return creditRace(trial, candidateId, most, view);
}

/** Share of failures among the train rows whose outcome is known for a candidate's line, 0..1. */
function failureRate(candidateId: string, { state, primary }: SearchView): number {
  const known = [...lineageRollouts(state, candidateId).values()].filter(each =>
    scoreOf(each, primary),
  );
  return known.filter(each => isFailure(each, primary)).length / Math.max(1, known.length);
}

/**
 * The original on a minibatch of train rows. Validation rows follow as races need them, all of them
 * at once only where the minibatch says that the target may be reached already.
 */
function beginOnTrain(view: SearchView): Action[] | undefined {
  const { state, settings, primary } = view;
  const [sample, whole] = measureOriginal({ ...view, state: { ...state, evaluations: [] } }) ?? [];
  if (!sample || !whole) return undefined;
  if (state.evaluations.length === 0) return [sample];
  const known = rolloutsOf(state, state.incumbentId, 'train');
  const scores = [...known.values()].flatMap(rollout => scoreOf(rollout, primary) ?? []);
  const value = scores.length > 0 ? primary.metric.aggregate(scores) : 0;
  const isFirst = state.evaluations.length === 1 && state.trials.length === 0;
  return isFirst && value >= settings.targetThreshold - nearTarget ? [whole] : undefined;
}

/**
 * The best prompt on all validation rows once it has withstood some proposals: races would ask for
 * most of them anyway, and its score can be shown beside the others'.
 */
function completeWhenStalled(view: SearchView): Action[] | undefined {
  const { state, validation } = view;
  const known = rolloutsOf(state, state.incumbentId, 'validation');
  if (known.size === validation.length || stalled(view) < completeAfter) return undefined;
  return [
    validationRows(
      state.incumbentId,
      validation.map(row => row.id),
    ),
  ];
}

/**
 * Train rows until there are failures enough for a proposal that this prompt's proposals have not
 * shown; as many at once as should do at its share of failures.
 */
function gatherFailures(view: SearchView): Action[] | undefined {
  const { state, settings, train, primary, random } = view;
  const own = standingRollouts(state.incumbentId, view);
  const untouched = train.filter(example => !own.has(example.id));
  if (untouched.length === 0) return undefined;
  const shown = new Set(
    state.trials
      .filter(each => each.parentId === state.incumbentId)
      .flatMap(each => each.shown ?? []),
  );
  const failing = [...own.values()].filter(each => isFailure(each, primary));
  const fresh = failing.filter(each => !shown.has(each.exampleId));
  const lacking = enoughFailures * settings.sampleK - fresh.length;
  if (lacking <= 0) return undefined;
  const share = Math.max(1, failing.length) / Math.max(1, own.size);
  const count = Math.max(fewestGathered, Math.ceil(lacking / share));
  // What an ancestor got wrong is most likely still wrong: there the next failures are found.
  const lineage = lineageRollouts(state, state.incumbentId);
  const drawn = shuffled(untouched, random('gather', own.size));
  const likely = drawn.filter(example => isFailure(lineage.get(example.id), primary));
  const unknown = drawn.filter(example => !lineage.has(example.id));
  const rest = drawn.filter(example => !likely.includes(example) && !unknown.includes(example));
  const next = [...likely, ...unknown, ...rest].slice(0, Math.min(count, settings.sampleK));
  return [
    {
      type: 'evaluate',
      candidateId: state.incumbentId,
      split: 'train',
      purpose: 'minibatch',
      exampleIds: next.map(example => example.id),
    },
  ];
}

function removeWhenStalled(view: SearchView): Action[] | undefined {
  const stall = stalled(view);
  if (stall < removeAfter) return undefined;
  return beginRemoval(view, stall < removeAnyAfter ? worthTrying : 1);
}

/** Examples in the best prompt, once, where proposals do not help: some rules cannot be said. */
function showWhenStalled(view: SearchView): Action[] | undefined {
  const { state } = view;
  const { id, prompt } = incumbentOf(state);
  const isTried = state.trials.some(each => each.operator === 'demos' && each.parentId === id);
  const hasExamples = `${prompt.system}\n${prompt.output}`.includes(heading);
  return stalled(view) < showAfter || isTried || hasExamples
    ? undefined
    : examplesFor(prompt, view);
}

function choose(view: SearchView): Action[] {
  const step = chosenStep(view);
  return step ? [step] : [];
}

function propose(view: SearchView): Action[] {
  const { state } = view;
  const shown = clusteredEvidence(view, stalled(view) >= widenAfter ? 2 : 1);
  if (shown.length === 0) return [];
  const number = state.trials.length + 1;
  const parentId = incumbentOf(state).id;
  return [{ type: 'propose', number, parentId, operator: 'reflect', ...inContrast(shown, view) }];
}
