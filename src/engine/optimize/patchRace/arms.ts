import { chooseArm, type Arm } from '../bandit.ts';
import { pullsOf } from '../reward.ts';
import { incumbentOf, scoreOf, rolloutsOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import { clusteredEvidence, inContrast } from './clusters.ts';
import { situationOf, type Situation } from '../situation.ts';
import { mergeEdits } from './merge.ts';
import { beginRemoval } from './remove.ts';
import { stalled } from './stalled.ts';

type Step = Extract<Action, { type: 'propose' | 'try' }>;

/** An operator with what it would do now. */
interface ReadyArm extends Arm {
  readonly step: Step;
}

/** Rows of each kind that a line is shown with, at most. */
const rowsOfLine = 8;
/** Trials in a row without a better prompt from which, where little was gained, it is written afresh. */
const freshAfter = 6;
const littleGain = 0.05;

/**
 * The next trial, its operator chosen by the bandit out of those that have something to do (section
 * 3.7 of the design notes). Undefined where none has.
 */
export function chosenStep(view: SearchView): Step | undefined {
  const { state, random } = view;
  const situation = situationOf(view);
  const arms = readyArms(view, situation);
  if (arms.length === 0) return undefined;
  const number = state.trials.length + 1;
  const { operator, ...choice } = chooseArm(
    arms,
    pullsOf(state.trials),
    situation.context,
    random('bandit', number),
  );
  const step = arms.find(arm => arm.operator === operator)?.step;
  return step && { ...step, choice };
}

function readyArms(view: SearchView, situation: Situation): ReadyArm[] {
  const { state } = view;
  const stall = stalled(view);
  const evidence = clusteredEvidence(view, stall >= 4 ? 2 : 1);
  const ask = (operator: string, shown: readonly string[], focus?: string): Step => ({
    type: 'propose',
    number: state.trials.length + 1,
    parentId: state.incumbentId,
    operator,
    ...(['reflect', 'specialise'].includes(operator) ? inContrast(shown, view) : { shown }),
    ...(focus === undefined ? {} : { focus }),
  });
  const arms: ReadyArm[] = [];
  const add = (operator: string, prior: Arm['prior'], step: Step | undefined): void => {
    if (step) arms.push({ operator, prior, step });
  };
  add('reflect', [3, 2], evidence.length > 0 ? ask('reflect', evidence) : undefined);
  const isFormAsked = state.trials.some(
    each => each.operator === 'output' && each.parentId === state.incumbentId,
  );
  if (situation.context.includes('format') && !isFormAsked) {
    const rows = [
      ...situation.misshapen.slice(0, rowsOfLine),
      ...passing(view).slice(0, rowsOfLine),
    ];
    add('output', [3, 2], ask('output', rows));
  }
  // A prompt that nothing was tried against yet has most to gain from its failures.
  if (stall === 0) return arms;
  const line = situation.misfiring.find(({ passing: right }) => right.length > 0);
  add('specialise', [1, 2], line && ask('specialise', rowsOf(line), line.line));
  const [removal] = beginRemoval(view, 1) ?? [];
  add('remove', [1, 2], removal?.type === 'try' ? removal : undefined);
  add('merge', [1, 2], mergeEdits(view));
  const hopeless = stall >= freshAfter && evidence.length > 0 && gained(view) < littleGain;
  add('fresh', [1, 6], hopeless ? ask('fresh', evidence) : undefined);
  return arms;
}

function rowsOf({
  failing,
  passing: right,
}: {
  failing: readonly string[];
  passing: readonly string[];
}) {
  return [...failing.slice(0, rowsOfLine), ...right.slice(0, rowsOfLine)];
}

function passing({ state, primary }: SearchView): string[] {
  return [...rolloutsOf(state, incumbentOf(state).id, 'train')].flatMap(([id, rollout]) =>
    scoreOf(rollout, primary)?.value === 1 ? id : [],
  );
}

/** Points that the kept trials have gained, one upon the other. */
function gained({ state }: SearchView): number {
  return state.trials.reduce(
    (sum, each) =>
      each.status === 'decided' && each.accepted ? sum + each.after.value - each.before.value : sum,
    0,
  );
}
