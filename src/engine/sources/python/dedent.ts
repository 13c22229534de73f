import type { TextRange } from '../range.ts';

/** What a function around a literal takes away of its text: ranges to drop, and the margin. */
export interface Dedented {
  readonly drops: readonly TextRange[];
  /** Indentation that every line lost. */
  readonly margin: string;
}

/** `textwrap.dedent` of Python 3.8 to 3.13 (Lib/textwrap.py); interpolations are blotted out. */
export function textwrapDedent(text: string): Dedented {
  const lines = linesOf(text);
  const margins = lines
    .filter(({ content }) => /[^ \t]/.test(content))
    .map(({ content }) => /^[ \t]*/.exec(content)?.[0] ?? '');
  const margin = margins.reduce(commonStart, margins[0] ?? '');
  const drops = lines.map(({ start, content }) => ({
    start,
    end: start + (/[^ \t]/.test(content) ? margin.length : content.length),
  }));
  return { drops: drops.filter(({ start, end }) => end > start), margin };
}

/** `inspect.cleandoc` (Lib/inspect.py); undefined for text with tabs, which it would expand. */
export function inspectCleandoc(text: string): Dedented | undefined {
  if (text.includes('\t')) return undefined;
  const lines = linesOf(text);
  const margins = lines
    .slice(1)
    .filter(({ content }) => content.trim() !== '')
    .map(({ content }) => content.length - content.trimStart().length);
  const width = margins.length > 0 ? Math.min(...margins) : 0;
  const drops = lines.map(({ start, content }, index) => {
    const leading = content.length - content.trimStart().length;
    return { start, end: start + (index === 0 ? leading : Math.min(width, content.length)) };
  });
  const isEmpty = lines.map(({ end }, index) => drops[index]?.end === end);
  const first = isEmpty.indexOf(false);
  const last = isEmpty.lastIndexOf(false);
  const head = first < 0 ? text.length : (lines[first]?.start ?? 0);
  const tail = last < 0 ? text.length : (lines[last]?.end ?? text.length);
  const middle = drops.filter(({ start, end }) => end > start && start >= head && end <= tail);
  return {
    drops: [{ start: 0, end: head }, ...middle, { start: tail, end: text.length }].filter(
      ({ start, end }) => end > start,
    ),
    margin: ' '.repeat(width),
  };
}

function linesOf(text: string) {
  let start = 0;
  return text.split('\n').map(content => {
    const line = { start, end: start + content.length, content };
    start = line.end + 1;
    return line;
  });
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
