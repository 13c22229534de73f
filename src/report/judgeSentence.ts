import type { JudgeStanding } from '../engine/index.ts';
import { agreementSentence } from '../panel/presentJudges.ts';
import { cleanLine } from './cleanText.ts';

/** How far a judge agrees with people, and why it may not decide by itself, if so. */
export function judgeSentence(standing: JudgeStanding): string {
  return cleanLine([agreementSentence(standing), standing.warning ?? ''].join(' '));
}
