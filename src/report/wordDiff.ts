import type { TextChange } from '../engine/index.ts';
import { cleanText } from './cleanText.ts';

/** How a piece of text is coloured, where colours are shown. */
export interface Paint {
  paint(style: 'red' | 'green', text: string): string;
  readonly coloured: boolean;
}

/**
 * A text with what went and what came, word by word. Without colours the words stand in git's
 * marks: `[-removed-]` and `{+added+}`.
 */
export function wordDiff(changes: readonly TextChange[], terminal: Paint): string {
  return changes.map(change => shown(change, terminal)).join('');
}

/** Whether anything went or came. */
export function differs(changes: readonly TextChange[]): boolean {
  return changes.some(change => change.kind !== 'same');
}

function shown({ kind, text }: TextChange, { paint, coloured }: Paint): string {
  const clean = cleanText(text);
  if (kind === 'same') return clean;
  const marked = kind === 'removed' ? `[-${clean}-]` : `{+${clean}+}`;
  return coloured ? paint(kind === 'removed' ? 'red' : 'green', marked) : marked;
}
