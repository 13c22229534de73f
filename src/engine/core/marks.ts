import type { Dialect } from './placeholders.ts';

/**
 * Everything in a prompt that a program fills in or acts on: a placeholder with filters, format
 * or call (`{{ x | upper }}`, `{x:>10}`, `{0}`, `${x.y()}`, `%(x)05d`, `%s`), a block tag
 * (`{{#if x}}`, `{% for %}`), and `<x>` where it is no paired markup.
 */
export interface Mark {
  /** The variable; the whole inside where it is an expression; empty for `%s` and `%d`. */
  readonly name: string;
  readonly dialect: Dialect | 'block' | 'angle';
  readonly raw: string;
  /** UTF-16 offsets, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

const letter = String.raw`[\p{L}_]`;
const tail = String.raw`[\p{L}\p{M}\p{N}_]`;
const word = `${letter}${tail}*`;
const path = String.raw`${letter}[\p{L}\p{M}\p{N}_.]*(?:(?:\[[^\[\]{}\n]{0,60}\]|\([^(){}\n]{0,120}\))[\p{L}\p{M}\p{N}_.]*)*`;
// Python library reference, "Format specification mini-language", and the dates of strftime.
const format = String.raw`(?:![rsa])?(?::(?:.?[<>=^])?[+\- ]?z?#?0?\d*[_,]?(?:\.\d+)?[bcdeEfFgGnosxX%]?|:(?:%[\p{L}%]|[-/.: ,])+)?`;

// Longest first: `{{x}}` is one mustache and not a brace inside braces.
const patterns: readonly (readonly [Mark['dialect'], string])[] = [
  ['block', String.raw`\{\{\{?\s*([#/^>&][^{}]{0,200}|else\b[^{}]{0,200})\}\}\}?`],
  ['block', String.raw`\{%((?:[^%]|%(?!\})){0,300})%\}`],
  ['mustache', String.raw`\{\{\{\s*(${letter}[^{}\n]{0,200}?)\s*\}\}\}`],
  ['mustache', String.raw`\{\{[-~]?\s*(${word}(?!\s*:)[^{}\n]{0,200}?)\s*\}\}`],
  ['percent', String.raw`(?<!%)%\((${word})\)[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]`],
  ['percent', String.raw`(?<![%\p{L}\p{N}])%()[sd](?![\p{L}\p{N}])`],
  ['brace', String.raw`(?<![\{$])\{(${path})${format}\}`],
  // Not the count of a regular expression (`\d{3}`) nor an index of TeX (`x^{2}`).
  ['brace', String.raw`(?<![\\\p{L}\p{N}_\])}{$^.*+?])\{(\d{1,2})${format}\}`],
  ['angle', String.raw`(?<![\p{L}\p{N}_<])<(${letter}[\p{L}\p{N}_-]*(?: [\p{L}\p{N}_-]+){0,3})>`],
  ['dollar', String.raw`\$\{`],
];
const anyMark = new RegExp(
  patterns.map(([dialect, source]) => (dialect === 'dollar' ? `(${source})` : source)).join('|'),
  'gu',
);

/** Every mark of a text in order, without overlaps. JSON, escaped signs and `{}` are text. */
export function findMarks(text: string): Mark[] {
  const marks: Mark[] = [];
  const paired = closedTags(text);
  anyMark.lastIndex = 0;
  for (;;) {
    const match = anyMark.exec(text);
    if (!match) break;
    const group = patterns.findIndex((_pattern, index) => match[index + 1] !== undefined);
    const dialect = patterns[group]?.[0] ?? 'brace';
    const start = match.index;
    const raw = dialect === 'dollar' ? interpolation(text, start) : match[0];
    if (raw === undefined) continue;
    const name = dialect === 'dollar' ? raw.slice(2, -1).trim() : (match[group + 1] ?? '').trim();
    if (dialect === 'angle' && isMarkup(name, paired)) continue;
    marks.push({ name, dialect, raw, start, end: start + raw.length });
    anyMark.lastIndex = start + raw.length;
  }
  return marks;
}

/** A text with a blank in the place of each of its marks. */
export function withoutMarks(text: string): string {
  let bare = '';
  let end = 0;
  for (const mark of findMarks(text)) {
    bare += `${text.slice(end, mark.start)} `;
    end = mark.end;
  }
  return bare + text.slice(end);
}

const longestInterpolation = 500;

/** `${…}` with the braces, strings and templates inside it; undefined where it does not end. */
function interpolation(text: string, start: number): string | undefined {
  const last = Math.min(text.length, start + longestInterpolation);
  const close = text.slice(start, last).indexOf('}');
  if (close < 0) return undefined;
  let depth = 0;
  let quote = '';
  for (let at = start + 1; at < last; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') quote = character;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at - start > 2 ? text.slice(start, at + 1) : undefined;
    }
  }
  return undefined;
}

// Markup that needs no end tag, and what writers of HTML leave open.
const openMarkup = new Set(
  'br hr img input p li ul ol b i u em strong code pre div span table tr td th a h1 h2 h3 h4 html body head'.split(
    ' ',
  ),
);

function closedTags(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/<\/\s*([^<>\s]{1,60})\s*>/g)].map(match => match[1] ?? ''));
}

function isMarkup(name: string, closed: ReadonlySet<string>): boolean {
  return closed.has(name) || openMarkup.has(name.toLowerCase());
}
