import type { LintRule } from '../finding.ts';

interface Kind {
  readonly what: string;
  readonly replacement: string;
}

const removed = (what: string): Kind => ({ what, replacement: '' });
const spaced = (what: string): Kind => ({ what, replacement: ' ' });

/** The signs that nobody sees, with what takes their place. */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^\u{FEFF}/u, removed('a byte order mark')],
  [/[\u{200B}\u{2060}\u{FEFF}\u{180E}]/u, removed('a zero-width space')],
  [/[\u{200C}\u{200D}]/u, removed('a zero-width joiner')],
  [/\u{AD}/u, removed('a soft hyphen')],
  [/[\u{202A}-\u{202E}\u{2066}-\u{2069}]/u, removed('a control of text direction')],
  [/[\u{200E}\u{200F}\u{61C}]/u, removed('a mark of text direction')],
  [/[\u{E0000}-\u{E007F}]/u, removed('a tag character, which can hide text')],
  [/[\u{A0}\u{202F}\u{2007}]/u, spaced('a non-breaking space')],
  [/[\u{2028}\u{2029}]/u, { what: 'a hidden line end', replacement: '\n' }],
  [/[\0-\u{8}\v\f\u{E}-\u{1F}\u{7F}]/u, removed('a control character')],
];

const suspects =
  /([\0-\u{8}\v\f\u{E}-\u{1F}\u{7F}\u{A0}\u{AD}\u{61C}\u{180E}\u{2007}\u{200B}-\u{200F}\u{2028}-\u{202F}\u{2060}\u{2066}-\u{2069}\u{FEFF}\u{E0000}-\u{E007F}])\1*/gu;

/** Characters that nobody sees: they change tokens, break comparisons, and can hide instructions. */
export const invisibleCharacter: LintRule = {
  name: 'invisible-character',
  description: 'Zero-width characters, direction controls, non-breaking spaces, byte order marks.',
  check: text =>
    [...text.matchAll(suspects)].flatMap(match => {
      const sign = match[1] ?? '';
      const start = match.index;
      const end = start + match[0].length;
      const kind = kindOf(sign, start);
      if (!kind || belongs(text, sign, start, end)) return [];
      const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      const count = match[0].length / sign.length;
      const times = count === 1 ? '' : `, ${count} times`;
      return [
        {
          start,
          end,
          message: `Here is ${kind.what} (U+${code}${times}) that nobody sees.`,
          fix: {
            title: kind.replacement === '' ? 'Remove it' : 'Replace it by a plain one',
            edits: [{ start, end, text: kind.replacement.repeat(count) }],
            safe: true,
          },
        },
      ];
    }),
};

function kindOf(sign: string, start: number): Kind | undefined {
  return kinds.find(([pattern], index) => (index > 0 || start === 0) && pattern.test(sign))?.[1];
}

/** Whether the writing itself needs the sign: emoji, scripts that join, French spacing, flags. */
function belongs(text: string, sign: string, start: number, end: number): boolean {
  const before = [...text.slice(Math.max(0, start - 4), start)].at(-1) ?? '';
  const after = [...text.slice(end, end + 2)][0] ?? '';
  if (/[\u{200C}\u{200D}]/u.test(sign)) {
    const joins =
      /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{Script=Syriac}]/u;
    const isEmoji =
      /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}]/u.test(before) &&
      /\p{Extended_Pictographic}|[♀♂⚕⚖✈]/u.test(after);
    return isEmoji || joins.test(before);
  }
  if (/[\u{200E}\u{200F}\u{61C}\u{2066}-\u{2069}]/u.test(sign)) {
    return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text);
  }
  if (/[\u{A0}\u{202F}\u{2007}]/u.test(sign)) {
    return /[«»:;!?%€$£°]/u.test(before + after) || (/\d/.test(before) && /[\d\p{L}]/u.test(after));
  }
  if (/[\u{E0000}-\u{E007F}]/u.test(sign)) {
    // England's flag and its like: a black flag followed by tags.
    return /\u{1F3F4}[\u{E0000}-\u{E007F}]*$/u.test(text.slice(Math.max(0, start - 20), start));
  }
  return false;
}
