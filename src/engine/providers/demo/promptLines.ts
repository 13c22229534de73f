import { findPlaceholders } from '../../core/placeholders.ts';

/** A prompt text line by line, with lines taken out, changed and put in. */
export interface LineEdits {
  readonly removed: ReadonlySet<number>;
  readonly changed: ReadonlyMap<number, string>;
  readonly added: readonly string[];
}

/**
 * Applies edits. New lines follow the last bullet of the text; where there is none they stand
 * before the block that holds the placeholders, or at the end. A line with a placeholder is never
 * taken out.
 */
export function applyEdits(text: string, edits: LineEdits): string {
  const lines = text.split('\n');
  const at = placeForRules(lines);
  const kept = lines.map((line, index) => {
    if (edits.removed.has(index) && !holdsPlaceholder(line)) return [];
    return [edits.changed.get(index) ?? line];
  });
  const before = kept.slice(0, at).flat();
  const after = kept.slice(at).flat();
  if (edits.added.length === 0) return [...before, ...after].join('\n');
  const opening = isBullet(lines[at - 1]) || before.length === 0 ? [] : [''];
  const closing = after.length === 0 || after[0]?.trim() === '' ? [] : [''];
  while (opening.length > 0 && before.at(-1)?.trim() === '') before.pop();
  return [...before, ...opening, ...edits.added, ...closing, ...after].join('\n');
}

/** Whether a line is one entry of a list. */
export function isBullet(line: string | undefined): boolean {
  return /^\s*(?:[-*•]|\d+[.)])\s/.test(line ?? '');
}

/** What the prompt calls its subject: the name of its first placeholder, or "text". */
export function subjectOf(text: string): string {
  const name = findPlaceholders(text)[0]?.name ?? '';
  return /^[a-z]{3,20}$/.test(name) && name !== 'input' ? name : 'text';
}

function placeForRules(lines: readonly string[]): number {
  const lastBullet = lines.findLastIndex(line => isBullet(line) && !holdsPlaceholder(line));
  if (lastBullet >= 0) return lastBullet + 1;
  let at = lines.findIndex(holdsPlaceholder);
  if (at <= 0) return lines.length;
  // The line above that only announces the placeholder ("Ticket:", `"""`, `<ticket>`) goes with it.
  while (at > 0 && /^\s*$|^[^.!?]{1,30}:\**\s*$|^["`]{3}\w*$|^<[^>]+>$/.test(lines[at - 1] ?? ''))
    at -= 1;
  return at === 0 ? lines.length : at;
}

function holdsPlaceholder(line: string): boolean {
  return findPlaceholders(line).length > 0;
}
