import type { CallSite } from '../core/callSite.ts';
import type { Mark } from '../core/marks.ts';

/** A mark that one variable of the call site fills in. */
export interface Variable extends Mark {
  /** Its root: `user` for `user.name`, `user["name"]`, `user | upper`. */
  readonly root: string;
}

/**
 * The marks that a named variable fills in. Block tags, positions (`{0}`, `%s`), expressions and
 * `<x>`, which is as often a form for the answer, are none.
 */
export function variablesOf(text: string, marks: readonly Mark[]): Variable[] {
  const quoted = quotedRanges(text);
  return marks.flatMap(mark => {
    if (mark.dialect === 'block' || mark.dialect === 'angle') return [];
    const root = /^[\p{L}_][\p{L}\p{M}\p{N}_-]*(?=$|\s*[.[|]|!|:)/u.exec(mark.name)?.[0];
    if (root === undefined || (mark.dialect === 'dollar' && root !== mark.name)) return [];
    // Code that a prompt shows is no template of ours.
    if (quoted.some(range => range.start <= mark.start && mark.end <= range.end)) return [];
    return isTex(text, mark) ? [] : [{ ...mark, root }];
  });
}

/** The marks that the names of a call site are for; all of them where it names no places. */
export function marksInPlaces<Kind extends Mark>(
  marks: readonly Kind[],
  places: CallSite['places'],
): readonly Kind[] {
  if (!places) return marks;
  const starts = new Set(places.map(each => each.start));
  return marks.filter(each => starts.has(each.start));
}

/** Names that blocks bind (`{% for x in y %}`, `{% set x %}`, `{{#each}}`'s `this`) and names they read. */
export function blockNames(marks: readonly Mark[]): {
  readonly bound: string[];
  readonly read: string[];
} {
  const blocks = marks.filter(mark => mark.dialect === 'block');
  const inside = blocks.map(block => block.name).join(' ');
  const bound = [
    ...inside.matchAll(
      /\b(?:for|set|as)\s+\|?([\p{L}_][\p{L}\p{N}_]*)(?:\s*,\s*([\p{L}_][\p{L}\p{N}_]*))?/gu,
    ),
  ];
  return {
    bound: ['this', 'loop', 'super', ...bound.flatMap(match => [match[1] ?? '', match[2] ?? ''])],
    read: inside.match(/[\p{L}_][\p{L}\p{M}\p{N}_]*/gu) ?? [],
  };
}

function quotedRanges(text: string): { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(/^(```|~~~)[^\n]*\n[^]*?^\1/gm), ...text.matchAll(/`[^`\n]+`/g)].map(
    match => ({ start: match.index, end: match.index + match[0].length }),
  );
}

/** `\text{name}` of TeX. */
function isTex(text: string, mark: Mark): boolean {
  return (
    mark.dialect === 'brace' &&
    /\\[a-z]+(?:\{[^{}]*\})*$/i.test(text.slice(Math.max(0, mark.start - 60), mark.start))
  );
}
