import { hex, isInvisible, spellsAsciiOnly } from '../characters.ts';
import type { Piece } from '../literal.ts';

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** Text as the inside of a JSON string (RFC 8259, section 7). */
export function spellJson(text: string, asciiOnly = false): string {
  return [...text]
    .map(character => {
      const short = shortEscapes[character];
      if (short !== undefined) return short;
      const isSpelled = isInvisible(character) || (asciiOnly && character > '\x7e');
      if (!isSpelled) return character;
      return character
        .split('')
        .map(unit => `\\u${hex(unit.charCodeAt(0), 4)}`)
        .join('');
    })
    .join('');
}

/** The one piece of a JSON string with this inside. */
export function jsonPiece(inside: string): Piece {
  const asciiOnly = spellsAsciiOnly(inside);
  return {
    mark: '"',
    spell: text => spellJson(text, asciiOnly),
    holdsValue: () => false,
    nextLine: undefined,
  };
}
