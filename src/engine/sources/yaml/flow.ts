import type { Unit } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { unitList } from '../units.ts';

/** How a scalar outside of a block is written. */
export type FlowStyle = 'plain' | 'single' | 'double';

const letters: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const fold = /[ \t]*(?:\r\n|\n)[ \t]*(?:(?:\r\n|\n)[ \t]*)*/y;
const escapedBreak = /\\(?:\r\n|\n)[ \t]*/y;
const blankLine = /(?:\r\n|\n)[ \t]*/y;
const numbered = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

/** The units of a flow scalar's inside: YAML 1.2.2, 7.3; undefined where an escape is unknown. */
export function flowUnits(file: string, inside: TextRange, style: FlowStyle): Unit[] | undefined {
  const list = unitList();
  let at = inside.start;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(file) ?? undefined;
  };
  const add = (kind: Unit['kind'], length: number, text: string) => {
    list.add(kind, at, at + length, text);
    at += length;
  };
  while (at < inside.end) {
    const folded = match(fold)?.[0];
    const broken = style === 'double' ? match(escapedBreak)?.[0] : undefined;
    if (folded !== undefined) {
      const breaks = folded.match(/\n/g)?.length ?? 1;
      add('escape', folded.length, breaks === 1 ? ' ' : '\n'.repeat(breaks - 1));
    } else if (broken !== undefined) {
      add('glue', broken.length, '');
      for (let blank = match(blankLine); blank; blank = match(blankLine)) {
        add('escape', blank[0].length, '\n');
      }
    } else if (style === 'single' && file.startsWith("''", at)) {
      add('escape', 2, "'");
    } else if (style === 'double' && file.charAt(at) === '\\') {
      const [all, ...digits] = match(numbered) ?? [];
      const letter = letters[file.charAt(at + 1)];
      const code = parseInt(digits.join(''), 16);
      if (all !== undefined && code <= 0x10ffff)
        add('escape', all.length, String.fromCodePoint(code));
      else if (letter !== undefined) add('escape', 2, letter);
      else return undefined;
    } else {
      add('plain', 1, file.charAt(at));
    }
  }
  return list.units;
}
