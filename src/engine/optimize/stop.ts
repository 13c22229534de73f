import type { Aim } from './shipping.ts';
import { BudgetError, CancelledError, EngineError } from '../core/errors.ts';
import type { EndReason } from '../core/run.ts';
import type { Evaluation } from '../core/trial.ts';
import { isFailure, rolloutsOf, scoreOf, type SearchView } from './search.ts';

/** Why a search ended. */
export interface Ending {
  readonly reason: EndReason;
  /** The reason for people. */
  readonly sentence: string;
  readonly errorCode?: string;
}

/** A reason to stop, if there is one; asked between trials and after each evaluation. */
export type StopRule = (view: SearchView) => Ending | undefined;

/** A target counts as reached on this many validation rows at least, and never on a part of them. */
const targetMinimumRows = 6;

/** Nothing can be learned or checked without rows for it. */
export const tooFewRows: StopRule = ({ train, validation }) => {
  if (train.length > 0 && validation.length > 0) return undefined;
  return {
    reason: 'failed',
    sentence: `The dataset is too small to search with: ${train.length} rows to learn from and ${validation.length} to check on. Add rows, or only evaluate the prompt.`,
    errorCode: 'dataset',
  };
};

/** The best prompt reaches the target on all validation rows. */
export const targetReached: StopRule = ({ state, settings, validation, primary }) => {
  const rollouts = rolloutsOf(state, state.incumbentId, 'validation');
  const scored = [...rollouts.values()].filter(rollout => scoreOf(rollout, primary));
  if (rollouts.size < validation.length || scored.length < targetMinimumRows) return undefined;
  const value = validationValue(state.evaluations, state.incumbentId, primary.name);
  if (value === undefined || value < settings.targetThreshold) return undefined;
  return {
    reason: 'target',
    sentence: `Target reached: ${percent(value)} on ${scored.length} validation rows, asked for ${percent(settings.targetThreshold)}.`,
  };
};

/** So many trials in a row have not led to a better prompt. */
export const patienceUsedUp: StopRule = ({ state, settings }) => {
  const lastKept = state.trials.findLastIndex(
    trial => trial.status === 'decided' && trial.accepted,
  );
  if (state.trials.length - 1 - lastKept < settings.patience) return undefined;
  return {
    reason: 'patience',
    sentence: `Stopped: patience used up, ${count(settings.patience, 'trial')} in a row without a better prompt.`,
  };
};

/** As many trials as were asked for. */
export const maxIterationsReached: StopRule = ({ state, settings }) => {
  if (state.trials.length < settings.maxIterations) return undefined;
  return {
    reason: 'max-iterations',
    sentence: `Stopped after ${count(settings.maxIterations, 'trial')}, as many as were allowed.`,
  };
};

/** The best prompt has been run on every train row and got none wrong: nothing to learn from. */
export const noFailuresLeft: StopRule = ({ state, train, primary }) => {
  const rollouts = rolloutsOf(state, state.incumbentId, 'train');
  if (rollouts.size < train.length) return undefined;
  if ([...rollouts.values()].some(rollout => isFailure(rollout, primary))) return undefined;
  const scored = [...rollouts.values()].filter(rollout => scoreOf(rollout, primary)).length;
  const rest = scored < train.length ? ' that could be scored' : '';
  return {
    reason: 'no-failures',
    sentence: `Nothing left to learn from: the prompt is right on all ${count(scored, 'train row')}${rest}.`,
  };
};

/** Rows without an answer that end a search; fewer may be bad luck, and the race goes on. */
const tooManyUnanswered = 5;

/**
 * More than half of an evaluation's rows got no answer; or, when the original is first run, none
 * that could be scored. Such a run measures the provider or the setup, not the prompt.
 */
export const mostRowsFailed: StopRule = ({ state }) => {
  const last = state.evaluations.at(-1);
  if (!last) return undefined;
  if (last.purpose === 'original') return mostlyWithout('score', last);
  return last.outcomes.failed < tooManyUnanswered ? undefined : mostlyWithout('answer', last);
};

/** The ending of a run most of whose rows have no answer, or no score; undefined where they have. */
export function mostlyWithout(
  lacking: 'answer' | 'score',
  { rollouts }: Evaluation,
): Ending | undefined {
  const rows = rollouts.filter(rollout => rollout.outcome !== 'not-run');
  const bad = rows.filter(({ outcome }) =>
    lacking === 'score' ? outcome !== 'ok' : outcome === 'failed',
  );
  if (bad.length * 2 <= rows.length) return undefined;
  const what = bad.every(({ outcome }) => outcome === 'failed')
    ? 'got no answer'
    : 'got no answer that could be scored';
  const why = mostFrequent(bad.map(rollout => rollout.failure ?? ''));
  return {
    reason: 'failed',
    sentence: `Stopped: ${bad.length} of ${rows.length} rows ${what}. ${why}`.trim(),
    errorCode: 'rows-failed',
  };
}

/**
 * All rules of a search, in the order in which they are asked. One for a shorter prompt goes on where
 * the target is reached and nothing fails: it begins there.
 */
export function stopRulesFor(aim: Aim = 'better'): readonly StopRule[] {
  return [
    tooFewRows,
    mostRowsFailed,
    ...(aim === 'better' ? [targetReached, noFailuresLeft] : []),
    maxIterationsReached,
    patienceUsedUp,
  ];
}

/** The first rule that says stop. */
export function firstEnding(rules: readonly StopRule[], view: SearchView): Ending | undefined {
  for (const rule of rules) {
    const ending = rule(view);
    if (ending) return ending;
  }
  return undefined;
}

/** The ending that an error makes: cancelled, out of budget, or failed. */
export function endingForError(error: unknown, signal?: AbortSignal): Ending {
  if (signal?.aborted || error instanceof CancelledError) {
    return { reason: 'cancelled', sentence: 'Cancelled. Everything paid so far is kept.' };
  }
  if (error instanceof BudgetError) {
    return { reason: 'budget', sentence: `Stopped: ${error.message}`, errorCode: error.code };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    reason: 'failed',
    sentence: `Stopped: ${message}`,
    errorCode: error instanceof EngineError ? error.code : 'unexpected',
  };
}

/** The ending of a search that has a part of the budget only: the rest is kept for other searches. */
export function endingOfPart(ending: Ending): Ending {
  if (ending.reason !== 'budget') return ending;
  return {
    ...ending,
    sentence:
      'Stopped: this search has used up its part of the budget; the rest is for the folds. Raise it and resume to search longer.',
  };
}

/** Whether an error is one that runs end with, and not a fault of the program. */
export function isExpected(error: unknown, signal?: AbortSignal): boolean {
  return signal?.aborted === true || error instanceof EngineError;
}

/** The primary value of a candidate's last, fullest evaluation on the validation rows. */
function validationValue(
  evaluations: readonly Evaluation[],
  candidateId: string,
  metricName: string,
): number | undefined {
  return evaluations.findLast(
    each => each.candidateId === candidateId && each.split === 'validation',
  )?.scorecard[metricName]?.value;
}

function mostFrequent(sentences: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const each of sentences) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

function percent(value: number): string {
  return `${Math.round(value * 1000) / 10} %`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
