import type { TextRange } from '../range.ts';

/** Tags and functions that take indentation away, each in its own way; see `tagMargin`. */
export const dedentNames = /(?:^|\.)(?:dedent|outdent|stripIndent|undent|codeBlock)$/;

/**
 * What tags such as `dedent` (npm: dedent, outdent, common-tags, ts-dedent) all take away: a first
 * and a last line of nothing but white space, and the indentation that all other lines share. Where
 * the packages differ (a text on the first line, tabs mixed with spaces, lines of only white space)
 * the answer is undefined, and the literal is left alone. Interpolations are blotted out.
 */
export function tagMargin(text: string): { drops: TextRange[]; margin: string } | undefined {
  const lines = text.split('\n');
  const [first = '', ...others] = lines;
  const last = others.pop();
  if (last === undefined) return first === first.trim() ? { drops: [], margin: '' } : undefined;
  if (first.trim() !== '' || last.trim() !== '') return undefined;
  const filled = others.filter(line => line.trim() !== '');
  const isClean = others.every(line => line === '' || line.trim() !== '');
  const outermost = [others[0], others.at(-1)];
  if (!isClean || filled.length === 0 || outermost.includes('')) return undefined;
  const margins = filled.map(line => /^[ \t]*/.exec(line)?.[0] ?? '');
  const margin = margins.reduce((a, b) => (a.length <= b.length ? a : b));
  if (!margins.every(each => each.startsWith(margin))) return undefined;
  const isMixed = margin.includes(' ') && margin.includes('\t');
  if (isMixed || others.at(-1) !== others.at(-1)?.trimEnd()) return undefined;
  let at = first.length + 1;
  const drops: TextRange[] = [{ start: 0, end: at }];
  for (const line of others) {
    if (line !== '' && margin !== '') drops.push({ start: at, end: at + margin.length });
    at += line.length + 1;
  }
  drops.push({ start: at - 1, end: text.length });
  return { drops, margin };
}
