import { hex, isInvisible } from '../characters.ts';
import type { Neighbours, Piece } from '../literal.ts';

/** How one JavaScript literal is written. */
export interface ScriptQuoting {
  readonly quote: string;
  /** What reads the inside: the language, `String.raw`, an attribute of JSX, another tag. */
  readonly reader: 'language' | 'raw' | 'attribute' | 'tag';
  readonly asciiOnly: boolean;
  /** Line end of the file. */
  readonly lineEnd: string;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** The JavaScript piece with this quoting; `nextLine` is what stands between two such on two lines. */
export function scriptPiece(quoting: ScriptQuoting, nextLine?: string): Piece {
  const { quote, reader } = quoting;
  return {
    mark: `${quote}${reader}`,
    spell: (text, around) =>
      reader === 'language' ? spellScript(text, quoting, around) : spellVerbatim(text, quoting),
    holdsValue: () => quote === '`',
    nextLine,
  };
}

/** Text as the inside of a string or an untagged template. */
export function spellScript(text: string, quoting: ScriptQuoting, around: Neighbours): string {
  const characters = [...text];
  let spelled = '';
  let previous = around.before.at(-1) ?? '';
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1] ?? around.after;
    const written = spellCharacter(character, quoting, previous, next);
    previous = written.length > 1 ? '' : written;
    spelled += written;
  }
  return spelled;
}

function spellCharacter(
  character: string,
  { quote, asciiOnly, lineEnd }: ScriptQuoting,
  previous: string,
  next: string,
): string {
  const isTemplate = quote === '`';
  if (character === '\\') return '\\\\';
  if (character === quote) return `\\${quote}`;
  if (isTemplate && character === '\n') return lineEnd;
  if (isTemplate && character === '\t') return character;
  // Either half of `${` may already stand there.
  if (isTemplate && character === '$' && next === '{') return '\\$';
  if (isTemplate && character === '{' && previous === '$') return '\\{';
  const code = character.codePointAt(0) ?? 0;
  const isSpelled = isInvisible(character) || (asciiOnly && code > 0x7e);
  return shortEscapes[character] ?? (isSpelled ? numbered(code) : character);
}

function numbered(code: number): string {
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\u{${code.toString(16)}}`;
}

/** Text that has to stand for itself, because nobody can tell how a tag reads escapes. */
function spellVerbatim(text: string, { quote, reader, lineEnd }: ScriptQuoting) {
  const isTemplate = quote === '`';
  if (!isTemplate && text.includes('\n')) return undefined;
  if ([...text].some(each => isInvisible(each) && !/[\n\t]/.test(each))) return undefined;
  if (text.includes(quote) || (isTemplate && text.includes('${'))) return undefined;
  if (reader === 'tag' && text.includes('\\')) return undefined;
  if (reader === 'attribute' && text.includes('&')) return undefined;
  return text.replaceAll('\n', lineEnd);
}
