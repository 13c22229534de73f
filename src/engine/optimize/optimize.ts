import { seededRandom } from '../core/random.ts';
import type { ScoredEdit } from '../core/foresight.ts';
import { emptyRun, reduce } from '../core/reduce.ts';
import type { RunEvent, RunState } from '../core/run.ts';
import { betterOnPairedRows } from './acceptance.ts';
import { evaluateTogether, type WantedEvaluation } from './evaluate.ts';
import { finish } from './finish.ts';
import { scoredEdits } from './foresight/foresee.ts';
import { nothingLearned } from './foresight/metaModel.ts';
import { guardsOf } from './guardMetrics.ts';
import { guardsFor, type RefusalOf } from './guards.ts';
import { propose, tryPrompt } from './propose.ts';
import { candidateNamed, rolloutsOf, runningTrial, type SearchView } from './search.ts';
import {
  endingForError,
  endingOfPart,
  firstEnding,
  isExpected,
  mostRowsFailed,
  stopRulesFor,
  type Ending,
} from './stop.ts';
import { strategyOf } from './strategies/registry.ts';
import type { Action } from './strategy.ts';
import type { OptimizeSockets, OptimizeTask } from './task.ts';

export type { OptimizeSockets, OptimizeTask } from './task.ts';

/**
 * The loop: run the prompt on train rows, score, let the optimizer model propose from the failures,
 * run the proposal, score and decide; at last one look at the test rows, for the original and the
 * best prompt only. Where rows are few, folds take the place of the test rows (`crossValidate.ts`).
 *
 * `run-start` comes first and `run-end` last, whatever happens: a cancel, an empty budget and a
 * provider that is gone are reasons to end, not errors. Only a fault of the program itself is
 * thrown, after `run-end`. The state is the fold of the events, and every decision is made from it,
 * at moments when no row is in flight: the order in which answers arrive cannot change the run.
 */
export async function* optimize(
  task: OptimizeTask,
  sockets: OptimizeSockets,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  let state = emptyRun;
  for await (const event of story(task, sockets, () => state, signal)) {
    state = reduce(state, event);
    yield event;
  }
}

async function* story(
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  const { header } = task;
  yield { type: 'run-start', header };
  let ending: Ending;
  let fault: { readonly error: unknown } | undefined;
  try {
    ending = yield* search(task, sockets, state, signal);
  } catch (error) {
    ending = endingForError(error, signal);
    if (task.folds) ending = endingOfPart(ending);
    if (!isExpected(error, signal)) fault = { error };
  }
  let bestId = state().incumbentId;
  if (ending.reason !== 'cancelled' && ending.reason !== 'failed') {
    ({ ending, bestId, fault } = yield* finish(ending, search, task, sockets, state, signal));
  }
  yield { type: 'run-end', bestId, ...ending };
  if (fault) throw fault.error;
}

/** Asks the strategy and does what it says until a rule says stop. */
async function* search(
  task: OptimizeTask,
  sockets: OptimizeSockets,
  state: () => RunState,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, Ending> {
  const strategy = sockets.strategy ?? strategyOf(task.header.settings);
  const { acceptance = betterOnPairedRows } = sockets;
  const { stopRules = stopRulesFor(strategy.aim) } = sockets;
  const refusalOf = guardsFor(task);
  const viewNow = (): SearchView => viewOf(task, sockets, state(), refusalOf);
  for (;;) {
    const view = viewNow();
    // A trial under way is decided first; only broken evaluations stop it.
    const rules = runningTrial(state()) ? [mostRowsFailed] : stopRules;
    const ending = firstEnding(rules, view);
    if (ending) return ending;
    const actions = strategy.decide(view, acceptance);
    if (actions.length === 0) {
      return { reason: 'done', sentence: 'Finished: nothing is left to try.' };
    }
    for (const step of stepsOf(actions)) {
      // A trial whose variant was refused is over; what else was planned for it is decided anew.
      if (step.type === 'variant' && !runningTrial(state())) break;
      const before = state().evaluations.length;
      yield* perform(step, task, sockets, viewNow(), signal);
      const broken = firstBroken(viewNow(), before);
      if (broken) return broken;
    }
  }
}

type Evaluate = Extract<Action, { readonly type: 'evaluate' }>;
type Step = Exclude<Action, Evaluate> | { readonly type: 'evaluate-together'; all: Evaluate[] };

/**
 * Evaluations that follow each other do not wait for each other: their rows are run at once. Two of
 * one candidate may share rows; the second one then takes them from the first.
 */
function stepsOf(actions: readonly Action[]): Step[] {
  const steps: Step[] = [];
  for (const action of actions) {
    const last = steps.at(-1);
    if (action.type !== 'evaluate') steps.push(action);
    else if (last?.type === 'evaluate-together' && !last.all.some(each => sharesRows(each, action)))
      last.all.push(action);
    else steps.push({ type: 'evaluate-together', all: [action] });
  }
  return steps;
}

function sharesRows(left: Evaluate, right: Evaluate): boolean {
  return left.candidateId === right.candidateId && left.split === right.split;
}

/** The ending that the evaluations from number `before` on make, if most of their rows failed. */
function firstBroken(view: SearchView, before: number): Ending | undefined {
  const { evaluations } = view.state;
  for (let end = before + 1; end <= evaluations.length; end++) {
    const state = { ...view.state, evaluations: evaluations.slice(0, end) };
    const broken = mostRowsFailed({ ...view, state });
    if (broken) return broken;
  }
  return undefined;
}

async function* perform(
  step: Step,
  task: OptimizeTask,
  sockets: OptimizeSockets,
  view: SearchView,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  switch (step.type) {
    case 'evaluate-together': {
      const wanted = step.all.map(action => wantedEvaluation(action, view));
      yield* evaluateTogether(wanted, task.header, sockets, signal);
      return;
    }
    case 'propose':
      yield* propose(step, sockets, view, signal);
      return;
    case 'try':
      yield* tryPrompt(step, sockets, view);
      return;
    case 'variant': {
      const trial = runningTrial(view.state);
      if (!trial) throw new Error('There is no trial under way.');
      const candidate = {
        id: sockets.candidateId(step.prompt),
        prompt: step.prompt,
        parents: [trial.parentId],
        operator: trial.operator,
      };
      const { number } = step;
      const parent = candidateNamed(view.state, trial.parentId).prompt;
      const why = view.refusalOf(step.prompt, { parent });
      if (why !== undefined) {
        yield { type: 'trial-skip', number, why, ...scoredIn(number, view) };
        return;
      }
      yield { type: 'variant', number, candidate, composed: step.composed };
      return;
    }
    case 'decide':
      yield { type: 'trial-end', trial: step.trial, ...scoredIn(step.trial.number, view) };
      return;
    case 'skip':
      yield {
        type: 'trial-skip',
        number: step.number,
        why: step.why,
        ...scoredIn(step.number, view),
      };
      return;
  }
}

function wantedEvaluation(
  { candidateId, split, purpose, exampleIds }: Evaluate,
  view: SearchView,
): WantedEvaluation {
  const wanted = new Set(exampleIds);
  return {
    plan: {
      candidate: candidateNamed(view.state, candidateId),
      examples: view[split].filter(example => wanted.has(example.id)),
      split,
      purpose,
    },
    known: rolloutsOf(view.state, candidateId, split),
  };
}

/** What came of the edits of a trial that is about to end. */
function scoredIn(number: number, view: SearchView): { readonly scored?: readonly ScoredEdit[] } {
  const trial = view.state.trials.find(each => each.number === number);
  const scored = trial ? scoredEdits(trial, view) : [];
  return scored.length > 0 ? { scored } : {};
}

function viewOf(
  task: OptimizeTask,
  { metricNamed, earlier = nothingLearned }: OptimizeSockets,
  state: RunState,
  refusalOf: RefusalOf,
): SearchView {
  const { settings, metrics } = task.header;
  const name = metrics[0] ?? '';
  const fold = task.fold === undefined ? [] : ['fold', task.fold];
  return {
    state,
    settings,
    train: task.train,
    validation: task.validation,
    primary: { name, metric: metricNamed(name) },
    guards: guardsOf(task.header, metricNamed),
    refusalOf,
    earlier,
    // A fold draws for itself, so that its search is no copy of another on nearly the same rows.
    random: (...purpose) => seededRandom(settings.seed, ...fold, ...purpose),
  };
}
