import type { JudgeStanding, RunState } from '../engine/index.ts';
import { formatScore, plural, unbroken } from './format.ts';
import type { JudgeView } from './messages.ts';

/** What the figures of a run's judges are worth; empty where no metric asks a model. */
export function presentJudges({ header }: RunState): readonly JudgeView[] {
  return (header?.judges ?? []).map(standing => ({
    sentence: unbroken(agreementSentence(standing)),
    warning: unbroken(standing.warning ?? ''),
  }));
}

/** How far a judge agrees with people; its name alone where it was never checked. */
export function agreementSentence({ model, as, agreement }: JudgeStanding): string {
  const judge = as === undefined ? `Judge ${model}` : `Judge ${model} (${as})`;
  if (!agreement || agreement.count === 0) return `${judge}.`;
  const { count, rate, low, high } = agreement;
  const kappa = agreement.kappa === undefined ? 'not defined' : formatScore(agreement.kappa);
  return `${judge}: kappa ${kappa} with people on ${plural(count, 'row')}, the same verdict on ${formatScore(rate)} [${formatScore(low)}, ${formatScore(high)}] of them.`;
}
