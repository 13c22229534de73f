import type { RunState } from '../engine/index.ts';
import { plural, unbroken } from './format.ts';
import type { RunView } from './messages.ts';

/** What is happening now, or why it ended, in a sentence, with how far it has come. */
export function presentNow(
  state: RunState,
  status: RunView['status'],
  underWay = 0,
): Pick<RunView, 'now' | 'progress'> {
  if (state.ended) return { now: unbroken(state.ended.sentence) };
  if (status === 'interrupted') {
    return {
      now: 'This run was interrupted. Resume goes on where it stopped; answers that were paid are not asked for again.',
    };
  }
  const progress = progressOf(state.fold?.search ?? state);
  if (status === 'cancelling') {
    return { now: 'Stopping: the calls under way are finished and kept.', ...progress };
  }
  if (status === 'paused') return { now: pausedSentence(underWay), ...progress };
  return { now: foldOr(state), ...progress };
}

function pausedSentence(underWay: number): string {
  return underWay > 0
    ? `Pausing: ${plural(underWay, 'call')} under way ${underWay === 1 ? 'is' : 'are'} finished and kept, and no new one is sent.`
    : 'Paused: nothing is sent until you continue.';
}

/** A fold does what any search does, and says which one it is. */
function foldOr(state: RunState): string {
  const { fold, header } = state;
  if (!fold) return doing(state);
  return `Cross-validation, fold ${fold.number} of ${header?.folds ?? fold.number}. ${doing(fold.search)}`;
}

function doing(state: RunState): string {
  if (!state.header) return 'Reading the prompt and the dataset.';
  const { running } = state;
  if (running) return rowsRunning(state, running);
  const trial = state.trials.at(-1);
  if (trial?.status === 'running') {
    return trial.candidateId === undefined
      ? `Trial ${trial.number}: the optimizer model is writing an edit.`
      : `Trial ${trial.number}: deciding on the edit.`;
  }
  return 'Preparing the next step.';
}

function rowsRunning(state: RunState, running: NonNullable<RunState['running']>): string {
  const rows = rowsOf(running.rows, running.split);
  switch (running.purpose) {
    case 'original':
      return `Measuring the original on ${rows}.`;
    case 'evaluate':
      return `Evaluating on ${rows}.`;
    case 'claim': {
      const whose = running.candidateId === state.header?.original.id ? 'the original' : 'the best';
      if (running.split === 'all') return `Judging the result: ${whose} on ${rows}.`;
      return `Judging the result: ${whose} on ${rows} that the search never saw.`;
    }
    case 'minibatch':
    case 'validation': {
      const trial = state.trials.at(-1);
      const tried = trial?.status === 'running' && trial.candidateId === running.candidateId;
      const step = trial?.status === 'running' ? `Trial ${trial.number}: ` : '';
      return capitalized(`${step}${tried ? 'trying the edit' : 'running the parent'} on ${rows}.`);
    }
  }
}

function progressOf({ running }: RunState): Pick<RunView, 'progress'> {
  if (!running || running.rows === 0) return {};
  const done = Math.min(running.done, running.rows);
  return { progress: { done, total: running.rows } };
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** "120 training rows": a split by the name that the panel uses everywhere. */
export function rowsOf(count: number, split: string): string {
  const names: Readonly<Record<string, string>> = {
    train: 'training row',
    validation: 'validation row',
    test: 'test row',
  };
  return plural(count, names[split] ?? 'row');
}
