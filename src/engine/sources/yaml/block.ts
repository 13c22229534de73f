import type { Unit } from '../literal.ts';
import type { TextRange } from '../range.ts';
import { unitList } from '../units.ts';

/** A block scalar's header and the lines below it. */
export interface BlockParts {
  readonly isFolded: boolean;
  /** Indentation indicator as written; empty where there is none. */
  readonly digit: string;
  /** Chomping indicator: `-`, `+` or empty. */
  readonly chomping: string;
  /** What stands behind the indicators on their line: a comment, the line end. */
  readonly rest: string;
  /** Where the lines begin. */
  readonly start: number;
  readonly lines: readonly BlockLine[];
  /** Columns that belong to the file and not to the text. */
  readonly indent: number;
}

interface BlockLine extends TextRange {
  readonly content: string;
  /** Line end; empty at the end of the file. */
  readonly lineEnd: string;
}

const header = /^([|>])(?:([1-9])?([+-])?|([+-])([1-9]))([ \t]+#[^\r\n]*|[ \t]*)(?:\r\n|\n|$)/;

/** Takes a block scalar apart; `value` is what the `yaml` package read. */
export function blockParts(
  file: string,
  { start, end }: TextRange,
  value: string,
): BlockParts | undefined {
  const match = header.exec(file.slice(start, end));
  if (!match) return undefined;
  const [all, style = '', digit, chomping, otherChomping, otherDigit] = match;
  const lines: BlockLine[] = [];
  for (const line of file.slice(start + all.length, end).matchAll(/([^\r\n]*)(\r\n|\n|$)/g)) {
    const [whole, content = '', lineEnd = ''] = line;
    if (whole === '') break;
    const at = start + all.length + line.index;
    lines.push({ start: at, end: at + whole.length, content, lineEnd });
  }
  const spaces = (text: string | undefined) => /^ */.exec(text ?? '')?.[0].length ?? 0;
  const first = lines.find(line => line.content.trim() !== '')?.content;
  const shown = value.split('\n').find(line => line.trim() !== '');
  if (first === undefined || shown === undefined) return undefined;
  return {
    isFolded: style === '>',
    digit: digit ?? otherDigit ?? '',
    chomping: chomping ?? otherChomping ?? '',
    rest: all.slice(
      1 + (digit ?? otherDigit ?? '').length + (chomping ?? otherChomping ?? '').length,
    ),
    start: start + all.length,
    lines,
    indent: spaces(first) - spaces(shown),
  };
}

/** The units of a block scalar: YAML 1.2.2, 8.1.2 "Literal Style" and 8.1.3 "Folded Style". */
export function blockUnits({ lines, indent, isFolded, chomping }: BlockParts): Unit[] {
  const list = unitList();
  const contents = lines.map(({ content }) => content.slice(indent));
  const isEmpty = contents.map(content => content === '');
  const last = isEmpty.lastIndexOf(false);
  let previous: string | undefined;
  for (const [index, { start, end, content, lineEnd }] of lines.entries()) {
    const text = contents[index] ?? '';
    const at = start + Math.min(indent, content.length);
    const stop = end - lineEnd.length;
    if (at > start) list.add('indent', start, at, '');
    if (text !== '') list.add('plain', at, stop, text);
    // The end of the file ends the last line, too.
    if (lineEnd === '' && chomping !== '-' && index === last) list.add('escape', stop, stop, '\n');
    if (lineEnd === '') continue;
    const newline = lineEnd === '\n' ? 'plain' : 'escape';
    if (index > last) {
      if (chomping === '+') list.add(newline, stop, end, '\n');
      else list.add('glue', stop, end, '');
    } else if (index === last) {
      if (chomping === '-') list.add('glue', stop, end, '');
      else list.add(newline, stop, end, '\n');
    } else if (!isFolded || text === '') {
      list.add(newline, stop, end, '\n');
    } else {
      const next = contents.slice(index + 1).find(each => each !== '') ?? '';
      const isKept = isSpaced(text) || isSpaced(next);
      if (isKept) list.add(newline, stop, end, '\n');
      else if (isEmpty[index + 1]) list.add('glue', stop, end, '');
      else list.add('escape', stop, end, ' ');
    }
    previous = text;
  }
  return previous === undefined ? [] : joinedFolds(list.units);
}

/** Whether a line of a folded scalar keeps its line breaks. */
export function isSpaced(line: string): boolean {
  return /^[ \t]/.test(line);
}

/** A folded line break and the indentation behind it are one space together. */
function joinedFolds(units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    const last = joined.at(-1);
    if (unit.kind === 'indent' && last?.kind === 'escape' && last.text === ' ') {
      joined[joined.length - 1] = { ...last, end: unit.end };
    } else {
      joined.push(unit);
    }
  }
  return joined;
}
