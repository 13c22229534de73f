import type { Unit } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { insideScan, type Spelled, type Unreadable } from '../insideScan.ts';

/** The parts of one Python string token. */
export interface PythonToken {
  readonly prefix: string;
  readonly quote: string;
  readonly inside: TextRange;
}

/** The prefix, quotes and inside of a string token; undefined where it does not end. */
export function readToken(file: string, { start, end }: TextRange): PythonToken | undefined {
  const [opening, prefix = '', quote = ''] =
    /^([A-Za-z]*)("""|'''|"|')/.exec(file.slice(start, Math.min(end, start + 8))) ?? [];
  if (opening === undefined || !file.startsWith(quote, end - quote.length)) return undefined;
  const inside = { start: start + opening.length, end: end - quote.length };
  return inside.start <= inside.end ? { prefix, quote, inside } : undefined;
}

const letters: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const numbered = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
const lineBreak = /\r\n|\r|\n/y;
const ordinary = /[^\\'"{}\r\n\0]+/y;

/**
 * The units of a token's inside: Python reference 2.4.1, "String and bytes literals". `values` are
 * the interpolations of an f-string, in order.
 */
export function scanInside(
  file: string,
  { prefix, quote, inside }: PythonToken,
  values: readonly TextRange[],
  piece: number,
): Unit[] | Unreadable {
  const isRaw = /r/i.test(prefix);
  const isFormat = /f/i.test(prefix);
  const scan = insideScan(file, inside, values, piece, ordinary);
  while (scan.at < inside.end) {
    if (scan.takeKnown()) continue;
    const { at } = scan;
    const character = file.charAt(at);
    lineBreak.lastIndex = at;
    const ends = lineBreak.exec(file)?.[0];
    if (ends !== undefined) {
      if (quote.length === 1) return { problem: 'This string has no end.' };
      scan.add(ends === '\n' ? 'plain' : 'escape', ends.length, '\n');
    } else if (character === '\0') {
      return { problem: 'A NUL character stands in this string, which Python refuses.' };
    } else if (isFormat && /[{}]/.test(character)) {
      if (file.charAt(at + 1) !== character)
        return { problem: 'A brace stands alone in this f-string.' };
      scan.add('escape', 2, character);
    } else if (character === '\\') {
      const read = isRaw ? readRawPair(file, at) : readEscape(file, at, isFormat);
      const problem = scan.takeSpelled(read);
      if (problem) return problem;
    } else if (file.startsWith(quote, at)) {
      return { problem: 'This string ends earlier than it seems.' };
    } else {
      scan.add('plain', 1, character);
    }
  }
  return scan.units;
}

function readRawPair(file: string, at: number): Spelled {
  // A brace behind the backslash may begin an interpolation, so it is left alone.
  const pair = /^\\(?:\r\n|[^{}])?/.exec(file.slice(at, at + 3))?.[0] ?? '\\';
  return { length: pair.length, text: pair.replace(/\r\n|\r/, '\n') };
}

function readEscape(file: string, at: number, isFormat: boolean): Spelled {
  lineBreak.lastIndex = at + 1;
  const ends = lineBreak.exec(file)?.[0];
  if (ends !== undefined) return { length: 1 + ends.length, text: '' };
  const character = file.charAt(at + 1);
  const letter = letters[character];
  if (letter !== undefined) return { length: 2, text: letter };
  if (character === 'N') {
    return { problem: 'This string names a character (\\N{…}), which only Python can read.' };
  }
  numbered.lastIndex = at;
  const match = numbered.exec(file);
  if (match) {
    const [all, octal, ...others] = match;
    const code = octal === undefined ? parseInt(others.join(''), 16) : parseInt(octal, 8);
    if (code > 0x10ffff) return { problem: `${all} is no character.` };
    return { length: all.length, text: String.fromCodePoint(code) };
  }
  if (/[xuU]/.test(character)) {
    return { problem: `\\${character} lacks its digits, which Python refuses.` };
  }
  // An escape that Python does not know stays as it is; a brace still belongs to the f-string.
  const alone = isFormat && /[{}]/.test(character);
  return alone ? { length: 1, text: '\\' } : { length: 2, text: `\\${character}` };
}
