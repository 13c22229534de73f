import { hex, isInvisible } from '../characters.ts';
import type { Neighbours, Piece } from '../literal.ts';

/** How one Python string is written. */
export interface PythonQuoting {
  /** Letters before the quote, as written: `f`, `Rf`. */
  readonly prefix: string;
  readonly quote: string;
  /** Characters that are doubled: braces in f-strings and where `.format` fills, `%` where `%` does. */
  readonly doubled: '' | '{}' | '%';
  readonly asciiOnly: boolean;
  /** Line end of the file. */
  readonly lineEnd: string;
}

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The Python piece with this quoting; `nextLine` is what stands between two such on two lines. */
export function pythonPiece(quoting: PythonQuoting, nextLine?: string): Piece {
  const { prefix, quote, doubled } = quoting;
  const isRaw = /r/i.test(prefix);
  return {
    mark: `${prefix.toLowerCase().replace('u', '')}${quote}${doubled}`,
    spell: (text, around) => (isRaw ? spellRaw(text, quoting) : spellPython(text, quoting, around)),
    // Before Python 3.12 an expression could hold neither the quote around it nor a line break.
    holdsValue: raw =>
      doubled !== '' && !raw.includes(quote) && (quote.length === 3 || !/[\r\n]/.test(raw)),
    nextLine,
  };
}

/** Text as the inside of a Python string without the letter r. */
export function spellPython(text: string, quoting: PythonQuoting, around: Neighbours): string {
  const characters = [...text];
  let tail = around.before.slice(-3);
  let spelled = '';
  for (const [index, character] of characters.entries()) {
    const after = index === characters.length - 1 ? around.after : '';
    const written = spellCharacter(character, quoting, tail, after);
    tail = (tail + written).slice(-3);
    spelled += written;
  }
  return spelled;
}

function spellCharacter(
  character: string,
  { quote, doubled, asciiOnly, lineEnd }: PythonQuoting,
  tail: string,
  after: string,
): string {
  const mark = quote.charAt(0);
  if (character === '\\') return '\\\\';
  if (character === mark) {
    const fits = quote.length === 3 && !tail.endsWith(mark.repeat(2)) && !after.startsWith(mark);
    return fits ? mark : `\\${mark}`;
  }
  if (quote.length === 3 && character === '\n') return lineEnd;
  if (quote.length === 3 && character === '\t') return character;
  if (doubled.includes(character)) return character + character;
  const code = character.codePointAt(0) ?? 0;
  const isSpelled = isInvisible(character) || (asciiOnly && code > 0x7e);
  return shortEscapes[character] ?? (isSpelled ? numbered(code) : character);
}

function numbered(code: number): string {
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** Everything stands for itself in a raw string, so it holds only what can; a proof follows. */
function spellRaw(text: string, { quote, doubled, lineEnd }: PythonQuoting) {
  if (quote.length === 1 && text.includes('\n')) return undefined;
  if ([...text].some(each => isInvisible(each) && !/[\n\t]/.test(each))) return undefined;
  return [...text]
    .map(each => (each === '\n' ? lineEnd : doubled.includes(each) ? each + each : each))
    .join('');
}
