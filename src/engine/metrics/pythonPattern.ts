import { RequestError } from '../core/errors.ts';

/** Python's `\b`, `\B`, `\w`, `\s` in JavaScript's words: Unicode, and Python's set of spaces. */
const word = '[\\p{L}\\p{N}_]';
const space =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const outside: Readonly<Record<string, string>> = {
  A: '(?<![^])',
  Z: '(?![^])',
  b: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  B: `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`,
  w: word,
  W: '[^\\p{L}\\p{N}_]',
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: `[${space}]`,
  S: `[^${space}]`,
  a: '\\x07',
};
const inside: Readonly<Record<string, string>> = {
  w: '\\p{L}\\p{N}_',
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: space,
  b: '\\x08',
  a: '\\x07',
};

const complements: Readonly<Record<string, string>> = {
  S: `[^${space}]`,
  W: '[^\\p{L}\\p{N}_]',
};

/**
 * A Python regular expression as a JavaScript one that finds the same text, all matches. Throws
 * `RequestError` for a broken pattern and for what cannot be said in JavaScript: never ignored.
 */
export function pythonPattern(source: string): RegExp {
  const prefix = /^\(\?([aimsux]+)\)/u.exec(source);
  const flags = prefix?.[1] ?? '';
  if (/[ax]/u.test(flags)) throw unsupported(source, `the flag (?${flags})`);
  const body = translate(source.slice(prefix?.[0].length ?? 0), source, flags);
  try {
    return new RegExp(body, flags.includes('i') ? 'giu' : 'gu');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError(`The pattern ${source} is not a regular expression: ${reason}.`);
  }
}

function translate(body: string, source: string, flags: string): string {
  let result = '';
  /** Where the members of the open class begin; -1 outside a class. */
  let members = -1;
  let opened: OpenClass = { start: 0, negated: false, others: [] };
  /** The flags of the groups that are open, the innermost last. */
  const scopes = [flags];
  for (let at = 0; at < body.length; at++) {
    const character = body.charAt(at);
    if (character === '\\') {
      if (at + 1 === body.length) throw unsupported(source, 'a backslash at its end');
      const next = String.fromCodePoint(body.codePointAt(at + 1) ?? 92);
      const complement = members >= 0 ? complements[next] : undefined;
      if (complement === undefined) result += escape(next, members >= 0, source);
      else opened.others.push(complement);
      at += next.length;
    } else if (members >= 0) {
      // Python reads a bracket that opens a class as a member, and `[` inside as itself.
      const member = character === '[' || (character === ']' && at === members);
      if (character === ']' && !member) {
        members = -1;
        result = closed(result, opened);
      } else {
        result += member ? `\\${character}` : character;
      }
    } else if (character === '[') {
      const negated = body.charAt(at + 1) === '^';
      opened = { start: result.length, negated, others: [] };
      result += negated ? '[^' : '[';
      if (negated) at++;
      members = at + 1;
    } else if (character === '.' || character === '^' || character === '$') {
      result += mark(character, scopes.at(-1) ?? '');
    } else if (character === '(' && body.charAt(at + 1) === '?') {
      const group = groupStart(body.slice(at), source, scopes.at(-1) ?? '');
      if (group.flags !== undefined) scopes.push(group.flags);
      result += group.js;
      at += group.length - 1;
    } else if (character === '(' || character === ')') {
      if (character === '(') scopes.push(scopes.at(-1) ?? '');
      else if (scopes.length > 1) scopes.pop();
      result += character;
    } else if (/^\{,\d*\}/u.test(body.slice(at))) {
      result += '{0';
    } else {
      result += isLoneBrace(body, at) ? `\\${character}` : character;
    }
  }
  return result;
}

/** A class whose end has not come: where it begins, and what stands in it as `\S` or `\W`. */
interface OpenClass {
  readonly start: number;
  readonly negated: boolean;
  readonly others: string[];
}

/** JavaScript has no complement inside a class, so one is said beside it. */
function closed(result: string, { start, negated, others }: OpenClass): string {
  if (others.length === 0) return `${result}]`;
  const plain = result.slice(start + (negated ? 2 : 1));
  const choices = [...(plain === '' ? [] : [`[${plain}]`]), ...others].join('|');
  return `${result.slice(0, start)}${negated ? `(?:(?!${choices})[^])` : `(?:${choices})`}`;
}

/** To Python only LF ends a line; `$` also stands before a last line end. */
function mark(character: '.' | '^' | '$', flags: string): string {
  const multiline = flags.includes('m');
  if (character === '.') return flags.includes('s') ? '[^]' : '[^\\n]';
  if (character === '^') return multiline ? '(?<![^\\n])' : '(?<![^])';
  return multiline ? '(?![^\\n])' : '(?=\\n?(?![^]))';
}

function escape(next: string, inClass: boolean, source: string): string {
  const known = (inClass ? inside : outside)[next];
  if (known !== undefined) return known;
  if (/[1-9tnrfvxu]/u.test(next)) return `\\${next}`;
  if (next === '0') return '\\x00';
  if (/[A-Za-z]/u.test(next)) throw unsupported(source, `\\${next}`);
  return /[\^$\\.*+?()[\]{}|/]/u.test(next) || (inClass && next === '-') ? `\\${next}` : next;
}

/** How a group begins; `flags` are those inside of it, absent where nothing is opened. */
interface GroupStart {
  readonly js: string;
  readonly length: number;
  readonly flags?: string;
}

function groupStart(rest: string, source: string, flags: string): GroupStart {
  const named = /^\(\?P<(\w+)>/u.exec(rest);
  if (named) return { js: `(?<${named[1]}>`, length: named[0].length, flags };
  const backward = /^\(\?P=(\w+)\)/u.exec(rest);
  if (backward) return { js: `\\k<${backward[1]}>`, length: backward[0].length };
  const plain = /^\(\?(?::|=|!|<=|<!)/u.exec(rest);
  if (plain) return { js: plain[0], length: plain[0].length, flags };
  const comment = /^\(\?#[^)]*\)/u.exec(rest);
  if (comment) return { js: '', length: comment[0].length };
  const scoped = /^\(\?([imsu]*)(?:-([ims]+))?:/u.exec(rest);
  if (scoped) {
    const [start, on = '', off = ''] = scoped;
    const inner = [...new Set(flags + on)].filter(flag => !off.includes(flag)).join('');
    const folds = off.includes('i') ? '-i' : on.includes('i') ? 'i' : '';
    return { js: `(?${folds}:`, length: start.length, flags: inner };
  }
  throw unsupported(source, rest.slice(0, 4));
}

/** `{` and `}` that are no counter, and a lone `]`, are plain characters in Python. */
function isLoneBrace(body: string, at: number): boolean {
  const character = body.charAt(at);
  if (character === ']') return true;
  if (character === '{') return !/^\{(?:\d+(?:,\d*)?|,\d*)\}/u.test(body.slice(at));
  return character === '}' && !/\{(?:\d+(?:,\d*)?|,\d*)$/u.test(body.slice(0, at));
}

function unsupported(source: string, part: string): RequestError {
  return new RequestError(
    `The pattern ${source} uses ${part}, which is not supported here; write it another way.`,
  );
}
