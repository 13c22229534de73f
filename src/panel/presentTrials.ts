import type { RunState, TrialState } from '../engine/index.ts';
import { dash, formatCount, formatScore } from './format.ts';
import type { TrialDetail, TrialView } from './messages.ts';
import { isMeasured } from './presentScore.ts';
import type { WordDiff } from './presentRun.ts';

/** The trials in the order in which they began. */
export function presentTrials(state: RunState): readonly TrialView[] {
  const numberOf = trialsByCandidate(state);
  return state.trials.map(trial => ({
    ...presentTrial(state, trial),
    parent: numberOf.get(trial.parentId) ?? 0,
  }));
}

/** The trial that brought each candidate; the first where there were several. */
export function trialsByCandidate({ trials }: RunState): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const trial of trials) {
    const id = trial.status === 'skipped' ? undefined : trial.candidateId;
    if (id !== undefined && !numbers.has(id)) numbers.set(id, trial.number);
  }
  return numbers;
}

function presentTrial(state: RunState, trial: TrialState): Omit<TrialView, 'parent'> {
  const { number, operator } = trial;
  switch (trial.status) {
    case 'running':
      if (state.ended)
        return { number, operator, status: 'skipped', reason: 'The run ended first.' };
      return {
        number,
        operator,
        status: 'running',
        reason: runningReason(state, trial.candidateId),
        ...(trial.candidateId === undefined ? {} : { candidateId: trial.candidateId }),
      };
    case 'skipped':
      return { number, operator, status: 'skipped', reason: trial.why };
    case 'decided': {
      const { before, after } = trial;
      return {
        number,
        operator,
        status: trial.accepted ? 'kept' : 'refused',
        before: isMeasured(before) ? formatScore(before.value) : dash,
        after: isMeasured(after) ? formatScore(after.value) : dash,
        rows: formatCount(after.count),
        change: `+${formatCount(trial.fixed)} −${formatCount(trial.broken)}`,
        reason: trial.reason,
        candidateId: trial.candidateId,
      };
    }
  }
}

function runningReason({ running }: RunState, candidateId: string | undefined): string {
  if (candidateId === undefined) return 'The optimizer model is writing an edit.';
  if (running?.candidateId !== candidateId) return 'Being tried.';
  return `${formatCount(running.done)} of ${formatCount(running.rows)} rows tried.`;
}

/** The selected trial with the word diff of every component that it changed. */
export function presentDetail(
  state: RunState,
  number: number | undefined,
  diff: WordDiff,
): TrialDetail | undefined {
  if (number === 0) return presentOriginal(state);
  const trial = state.trials.find(each => each.number === number);
  if (!trial) return undefined;
  const candidateId = trial.status === 'skipped' ? undefined : trial.candidateId;
  const candidate = candidateId === undefined ? undefined : state.candidates[candidateId];
  const parent = state.candidates[trial.parentId];
  return {
    number: trial.number,
    rationale: candidate?.rationale ?? '',
    choices: choicesOf(state, trial),
    reason: presentTrial(state, trial).reason,
    ...(candidate ? { candidateId: candidate.id } : {}),
    components: candidate && parent ? changesOf(parent.prompt, candidate.prompt, diff) : [],
  };
}

/** The original stands beside the trials as number 0: its text, and nothing to compare it with. */
function presentOriginal({ header }: RunState): TrialDetail | undefined {
  if (!header) return undefined;
  const { system, output } = header.original.prompt;
  const components = [
    { title: 'System prompt', text: system },
    { title: 'Output prompt', text: output },
  ];
  return {
    number: 0,
    rationale: '',
    choices: [],
    reason: 'The prompt as it was before the search.',
    components: components
      .filter(({ text }) => text !== '')
      .map(({ title, text }) => ({ title, parts: [{ kind: 'same', text }] })),
  };
}

/** What the bandit and the meta-model had to do with a trial; empty where both are off. */
function choicesOf({ header }: RunState, { choice, foresight }: TrialState): string[] {
  const predicted = (foresight?.edits ?? []).flatMap(edit => edit.predicted ?? []);
  const signed = predicted.map(value => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`);
  const predictions =
    header?.settings.metaModel && signed.length > 0
      ? [`Predicted worth of its edits, −1 to 1: ${signed.join(', ')}.`]
      : [];
  return [choice?.sentence, foresight?.favoured, ...predictions].flatMap(each => each ?? []);
}

function changesOf(
  before: { readonly system: string; readonly output: string },
  after: { readonly system: string; readonly output: string },
  diff: WordDiff,
): TrialDetail['components'] {
  const components = [
    { title: 'System prompt', before: before.system, after: after.system },
    { title: 'Output prompt', before: before.output, after: after.output },
  ];
  return components
    .filter(component => component.before !== component.after)
    .map(({ title, ...texts }) => ({ title, parts: diff(texts.before, texts.after) }));
}
