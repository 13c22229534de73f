import { hex, isInvisible } from '../characters.ts';
import type { Piece } from '../literal.ts';
import { isSpaced } from './block.ts';

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};

/** Text as the inside of a double-quoted scalar, on one line. */
export function spellDouble(text: string): string {
  return [...text]
    .map(character => {
      const code = character.codePointAt(0) ?? 0;
      const isSpelled = isInvisible(character) || code === 0xfffe || code === 0xffff;
      const number = code <= 0xff ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
      return shortEscapes[character] ?? (isSpelled ? number : character);
    })
    .join('');
}

/** A scalar between quotes or without; `indent` is that of its further lines, where it has any. */
export function flowPiece(style: string, lineEnd: string, indent: string | undefined): Piece {
  return {
    mark: style,
    spell(text) {
      if (style === 'double') return spellDouble(text);
      if (hasUnprintable(text)) return undefined;
      const spelled = style === 'single' ? text.replaceAll("'", "''") : text;
      if (!spelled.includes('\n')) return spelled;
      // Line breaks are written by an empty line more, where the scalar has several lines already.
      return indent === undefined
        ? undefined
        : spelled.replace(/\n+/g, each => lineEnd.repeat(each.length + 1) + indent);
    },
    holdsValue: () => false,
    nextLine: undefined,
  };
}

/** A line of a block scalar; indentation is put in by who writes. */
export function blockPiece(isFolded: boolean, lineEnd: string): Piece {
  return {
    mark: isFolded ? '>' : '|',
    spell(text, { before }) {
      if (hasUnprintable(text)) return undefined;
      // A line break behind words takes an empty line more, or it would be read as a space.
      const isBehind = /[^\n]\n$/.test(text) || (text === '\n' && /[^\s]$/.test(before));
      const isWhole = isFolded && isBehind && !isSpaced(text);
      return text.replaceAll('\n', lineEnd) + (isWhole ? lineEnd : '');
    },
    holdsValue: () => false,
    nextLine: undefined,
  };
}

/** Characters that YAML allows as escapes only (1.2.2, 5.1), or that end lines for some readers. */
export function hasUnprintable(text: string): boolean {
  return [...text].some(
    each => !/[\n\t]/.test(each) && (isInvisible(each) || /[\ufffe\uffff]/.test(each)),
  );
}

/** The lines of a literal block scalar. */
export function literalLines(core: string, margin: string, lineEnd: string): string {
  return core
    .split('\n')
    .map(line => (line === '' ? '' : margin + line))
    .join(lineEnd);
}

/** The lines of a folded block scalar; long ones are wrapped at `width` columns. */
export function foldedLines(core: string, margin: string, lineEnd: string, width: number): string {
  const lines = core.split('\n');
  let source = '';
  let previous: string | undefined;
  for (const line of lines) {
    if (line === '') {
      source += lineEnd;
      continue;
    }
    if (previous !== undefined) source += lineEnd;
    const isFirst = previous === undefined;
    if (!isFirst && !isSpaced(previous ?? '') && !isSpaced(line)) source += lineEnd;
    const wrapped = isSpaced(line) ? line : wrap(line, width).join(lineEnd + margin);
    source += margin + wrapped;
    previous = line;
  }
  return source;
}

function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of line.split(/(?<=\S) (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
