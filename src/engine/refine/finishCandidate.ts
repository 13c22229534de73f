import type { RefinementCandidate } from '../core/refinement.ts';
import { inTheSpaceOf, withLineEndsOf } from '../core/whiteSpace.ts';
import type { RawCandidate } from './candidate.ts';
import { unseal } from './locks.ts';
import type { RewriteTask } from './rewriteTask.ts';

/** Counts tokens as the chosen model would. */
export type CountTokens = (text: string) => number;

/**
 * Fits a rewrite to the place of the prompt: the white space around it and the line ends are those
 * of the prompt, then the locked sections are put back byte for byte.
 */
export function finishCandidate(
  raw: RawCandidate,
  task: RewriteTask,
  countTokens?: CountTokens,
): RefinementCandidate {
  const { sealed, request } = task;
  const fitted = inTheSpaceOf(sealed.text, raw.text ?? '');
  const { text, locked } = unseal(fitted, sealed);
  const count = countTokens ?? roughTokens;
  return {
    text,
    changes: text === request.text ? [] : raw.changes,
    tokens: {
      before: count(request.text),
      after: count(text),
      estimated: countTokens === undefined,
    },
    ...(raw.problems.length > 0 ? { refused: raw.problems } : {}),
    ...(raw.parts.length > 0
      ? {
          parts: raw.parts.map(part => ({
            title: part.title,
            text: unseal(withLineEndsOf(sealed.text, part.text), sealed).text,
          })),
        }
      : {}),
    ...(locked.length > 0 ? { locked } : {}),
  };
}

/** Four characters a token for Latin letters, one for the scripts that have no spaces. */
function roughTokens(text: string): number {
  const dense =
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu,
    )?.length ?? 0;
  return Math.ceil(dense + (text.length - dense) / 4);
}
