import type { JudgeStanding } from '../engine/index.ts';
import { formatScore, plural } from '../panel/format.ts';
import { cleanLine } from './cleanText.ts';

/** How far a judge agrees with people, and why it may not decide by itself, if so. */
export function judgeSentence({ model, agreement, warning }: JudgeStanding): string {
  const parts = [
    agreement && agreement.count > 0
      ? `Judge ${model}: kappa ${agreement.kappa === undefined ? 'not defined' : formatScore(agreement.kappa)} with people on ${plural(agreement.count, 'row')}, the same verdict on ${formatScore(agreement.rate)} [${formatScore(agreement.low)}, ${formatScore(agreement.high)}] of them.`
      : `Judge ${model}.`,
    warning ?? '',
  ];
  return cleanLine(parts.join(' '));
}
