import type { Unit } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { unitList } from '../units.ts';

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

/** A literal that cannot be read, with a sentence why. */
export interface Unreadable {
  readonly problem: string;
}

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
  const list = unitList();
  let next = 0;
  let at = inside.start;
  const add = (kind: Unit['kind'], length: number, text: string) => {
    list.add(kind, at, at + length, text, piece);
    at += length;
  };
  while (at < inside.end) {
    const value = values[next];
    if (value?.start === at) {
      const raw = file.slice(value.start, value.end);
      add('value', raw.length, raw);
      next += 1;
      continue;
    }
    ordinary.lastIndex = at;
    const run = ordinary.exec(file)?.[0].slice(0, inside.end - at);
    lineBreak.lastIndex = at;
    const ends = lineBreak.exec(file)?.[0];
    if (run !== undefined) {
      add('plain', run.length, run);
    } else if (ends !== undefined) {
      if (!isTemplate) return { problem: 'This string has no end.' };
      add(ends === '\n' ? 'plain' : 'escape', ends.length, '\n');
    } else if (file.charAt(at) === '\\') {
      const read = isRaw ? readRaw(file, at) : readEscape(file, at, isTemplate);
      if ('problem' in read) return read;
      if (at + read.length > inside.end) return { problem: 'This string has no end.' };
      add(read.text === '' ? 'glue' : 'escape', read.length, read.text);
    } else if (file.charAt(at) === quote) {
      return { problem: 'This string ends earlier than it seems.' };
    } else {
      add('plain', 1, file.charAt(at));
    }
  }
  return list.units;
}

type Read = { readonly length: number; readonly text: string } | Unreadable;

function readRaw(file: string, at: number): Read {
  const pair = /^\\(?:\r\n|[^])?/.exec(file.slice(at, at + 3))?.[0] ?? '\\';
  return { length: pair.length, text: pair.replace(/\r\n|\r/, '\n') };
}

function readEscape(file: string, at: number, isTemplate: boolean): Read {
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
