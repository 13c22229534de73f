import fc from 'fast-check';

const awkward = [
  '"',
  "'",
  '`',
  '"""',
  "'''",
  '\\',
  '\\n',
  '\\u',
  '\\x',
  '{',
  '}',
  '{{',
  '}}',
  '${',
  '$',
  '#',
  '//',
  '/*',
  '*/',
  '\n',
  '\n\n',
  '\t',
  ' ',
  '  ',
  '\r',
  '\0',
  '0',
  '7',
  '\x07',
  '\x1b',
  '\u2028',
  '\ufeff',
  'é',
  '→',
  '😀',
  '\ud83d',
  '\ude00',
  'א',
  '---',
  ': ',
  ' #',
  '- ',
  '%s',
  '<x>',
  '&amp;',
  '[',
  ']',
  ',',
];

/** A piece of text: mostly words, often something that a literal has to escape. */
export const textPiece: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom('You are', ' careful', 'answer', ' in', ' one word.', 'a'),
  },
  { weight: 4, arbitrary: fc.constantFrom(...awkward) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
);

/** Any text. */
export const anyText: fc.Arbitrary<string> = fc
  .array(textPiece, { maxLength: 10 })
  .map(pieces => pieces.join(''));

/** How a text is to be changed: read by `changed`. */
export interface Editing {
  readonly kind: 'insert' | 'cut' | 'replace' | 'append' | 'prepend' | 'all';
  /** In 0..1: where. */
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/** A change such as a person or a model makes. */
export const editing: fc.Arbitrary<Editing> = fc.record({
  kind: fc.constantFrom('insert', 'cut', 'replace', 'append', 'prepend', 'all'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  text: anyText,
});

/** The text after a change. */
export function changed(text: string, { kind, at, length, text: added }: Editing): string {
  const from = Math.floor(at * text.length);
  const behind = from + length;
  if (kind === 'insert') return text.slice(0, from) + added + text.slice(from);
  if (kind === 'cut') return text.slice(0, from) + text.slice(behind);
  if (kind === 'replace') return text.slice(0, from) + added + text.slice(behind);
  if (kind === 'append') return text + added;
  return kind === 'prepend' ? added + text : added;
}
