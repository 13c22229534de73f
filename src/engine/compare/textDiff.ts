import { diffLines, diffWordsWithSpace, type ChangeObject } from 'diff';
import type { TextChange } from '../core/comparison.ts';

/** Longest time for one diff, in milliseconds: two long and quite different texts take for ever. */
const patienceMs = 1_000;

/**
 * The words that stayed, went and came. The `same` and `removed` pieces together are exactly
 * `before`, the `same` and `added` ones exactly `after`. Where a word diff takes longer than
 * `timeoutMs` whole lines are compared, and where even that does, the whole texts.
 */
export function textDiff(before: string, after: string, timeoutMs = patienceMs): TextChange[] {
  const options = { timeout: timeoutMs };
  const pieces =
    diffWordsWithSpace(before, after, options) ??
    diffLines(before, after, options) ??
    wholeTexts(before, after);
  return pieces.map(kindOf).filter(change => change.text !== '');
}

function kindOf({ added, removed, value }: Piece): TextChange {
  return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value };
}

type Piece = Pick<ChangeObject<string>, 'added' | 'removed' | 'value'>;

function wholeTexts(before: string, after: string): Piece[] {
  return [
    { added: false, removed: true, value: before },
    { added: true, removed: false, value: after },
  ];
}
