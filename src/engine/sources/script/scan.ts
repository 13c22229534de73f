import type { Unit } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { insideScan, type Spelled, type Unreadable } from '../insideScan.ts';

/** How the inside of a JavaScript literal is read. */
export interface ScriptToken {
  readonly quote: string;
  readonly inside: TextRange;
  /** Backslashes stand for themselves: `String.raw`, and attributes of JSX. */
  readonly isRaw: boolean;
}

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
};
const numbered = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{0*([0-9a-fA-F]{1,6})\})/y;
const octal = /\\([0-3][0-7]{0,2}|[4-7][0-7]?)/y;
const ordinary = /[^\\'"`$\r\n]+/y;
const lineBreak = /\r\n|\r|\n/y;

/**
 * The units of a literal's inside: ECMA-262, 12.9.4 "String Literals" with B.1.2, and 12.9.6
 * "Template Literal Lexical Components". `values` are the substitutions of a template, in order.
 */
export function scanScript(
  file: string,
  { quote, inside, isRaw }: ScriptToken,
  values: readonly TextRange[],
  piece: number,
): Unit[] | Unreadable {
  const isTemplate = quote === '`';
  const scan = insideScan(file, inside, values, piece, ordinary);
  while (scan.at < inside.end) {
    if (scan.takeKnown()) continue;
    const { at } = scan;
    lineBreak.lastIndex = at;
    const ends = lineBreak.exec(file)?.[0];
    if (ends !== undefined) {
      if (!isTemplate) return { problem: 'This string has no end.' };
      scan.add(ends === '\n' ? 'plain' : 'escape', ends.length, '\n');
    } else if (file.charAt(at) === '\\') {
      const read = isRaw ? readRaw(file, at) : readEscape(file, at, isTemplate);
      const problem = scan.takeSpelled(read);
      if (problem) return problem;
    } else if (file.charAt(at) === quote) {
      return { problem: 'This string ends earlier than it seems.' };
    } else {
      scan.add('plain', 1, file.charAt(at));
    }
  }
  return scan.units;
}

function readRaw(file: string, at: number): Spelled {
  const pair = /^\\(?:\r\n|[^])?/.exec(file.slice(at, at + 3))?.[0] ?? '\\';
  return { length: pair.length, text: pair.replace(/\r\n|\r/, '\n') };
}

function readEscape(file: string, at: number, isTemplate: boolean): Spelled {
  lineBreak.lastIndex = at + 1;
  const ends = lineBreak.exec(file)?.[0];
  if (ends !== undefined) return { length: 1 + ends.length, text: '' };
  const character = file.charAt(at + 1);
  if (/[\u2028\u2029]/.test(character)) return { length: 2, text: '' };
  const letter = letters[character];
  if (letter !== undefined) return { length: 2, text: letter };
  numbered.lastIndex = at;
  const match = numbered.exec(file);
  if (match) {
    const [all, ...digits] = match;
    const code = parseInt(digits.join(''), 16);
    if (code > 0x10ffff) return { problem: `${all} is no character.` };
    return { length: all.length, text: String.fromCodePoint(code) };
  }
  if (/[xu]/.test(character)) return { problem: `\\${character} lacks its digits.` };
  octal.lastIndex = at;
  const digits = octal.exec(file)?.[1];
  if (digits !== undefined) {
    const isNul = digits === '0' && !/[89]/.test(file.charAt(at + 2));
    if (isTemplate && !isNul) return { problem: 'A template cannot hold octal escapes.' };
    return { length: 1 + digits.length, text: String.fromCharCode(parseInt(digits, 8)) };
  }
  if (isTemplate && /[89]/.test(character)) return { problem: `\\${character} is no escape.` };
  const whole = String.fromCodePoint(file.codePointAt(at + 1) ?? 0);
  return { length: 1 + whole.length, text: whole };
}
