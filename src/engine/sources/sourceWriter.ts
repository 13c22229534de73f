import type { PromptLiteral, Unit } from './literal.ts';
import { isBlank } from './range.ts';

/** Writes the inside of a literal: what is kept as it was spelled, what is new as its piece spells it. */
export function sourceWriter(literal: PromptLiteral, file: string) {
  const { units, pieces, margin } = literal;
  const values = valuesOf(units);
  const followers = new Map(units.map((unit, index) => [unit, units[index + 1]]));
  const breaksLines = isLinewise(units, file);
  const indentsFirst = units.find(unit => unit.text !== '' || unit.kind === 'indent');
  const written: string[] = [];
  // The end of what this piece holds so far: enough to see quotes and escapes that go on.
  let tail = '';
  let piece = units[0]?.piece ?? 0;
  let isAtLineStart = indentsFirst?.kind === 'indent';
  let isBehindGlue = true;
  let isIndented = false;
  let isBehindNew = false;
  let fails = false;

  const write = (source: string) => {
    written.push(source);
    tail = (tail + source).slice(-8);
  };
  /** What a line needs before its first character, where it did not bring it along. */
  const beginLine = (isBlankLine: boolean) => {
    if (isAtLineStart && !isIndented && !isBlankLine) write(margin);
  };
  const wrote = (text: string) => {
    isAtLineStart = text.endsWith('\n');
    isIndented = false;
    isBehindGlue = false;
  };
  const spell = (text: string, after: string) => {
    const spelled = pieces[piece]?.spell(text, { before: tail, after });
    if (spelled === undefined) fails = true;
    else write(spelled);
  };
  /** Where each piece holds one line, a new line gets a piece of its own. */
  const breakPiece = () => {
    const nextLine = pieces[piece]?.nextLine;
    if (breaksLines && nextLine !== undefined && isAtLineStart && !isBehindGlue) {
      write(nextLine);
      tail = '';
    }
  };
  const insertText = (text: string, after: string) => {
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    for (const [index, line] of lines.entries()) {
      breakPiece();
      beginLine(line === '\n');
      spell(line, index === lines.length - 1 ? after : '');
      wrote(line);
    }
  };

  return {
    keep({ unit, start, end, from, to }: Kept): void {
      const text = unit.kind === 'plain' ? file.slice(from, to) : unit.text.slice(0, end - start);
      if (isBehindNew && piece === unit.piece) breakPiece();
      piece = unit.piece;
      isBehindNew = false;
      beginLine(text.startsWith('\n'));
      write(file.slice(from, to));
      wrote(text);
    },
    gap(unit: Unit, isInsideChange: boolean): void {
      const spelled = file.slice(unit.start, unit.end);
      if (unit.kind === 'indent') {
        if (!isAtLineStart || isIndented || isInsideChange) return;
        write(spelled);
        isIndented = true;
        return;
      }
      const next = followers.get(unit)?.piece ?? unit.piece;
      const isSame = pieces[unit.piece]?.mark === pieces[next]?.mark;
      if (isInsideChange && isSame && (next === unit.piece || !hasComment(spelled))) return;
      write(spelled);
      isBehindGlue = true;
      if (next !== unit.piece) tail = '';
      piece = next;
    },
    insert(text: string, after: string): void {
      for (const { value, text: part, isLast } of splitAtValues(text, values)) {
        if (!value) {
          insertText(part, isLast ? after : '');
        } else if (pieces[piece]?.holdsValue(part)) {
          beginLine(false);
          write(part);
          wrote(part.replaceAll('\n', ' '));
        } else {
          fails = true;
        }
      }
      isBehindNew = true;
    },
    /** The literal from its first character to its last; undefined where something did not fit. */
    finish(): string | undefined {
      const first = units[0]?.start ?? literal.inside.start;
      const last = units.at(-1)?.end ?? literal.inside.end;
      return fails
        ? undefined
        : [file.slice(literal.start, first), ...written, file.slice(last, literal.end)].join('');
    },
  };
}

interface Kept {
  readonly unit: Unit;
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** The spellings of a literal's interpolations, longest first. */
export function valuesOf(units: readonly Unit[]): string[] {
  const values = new Set(units.filter(unit => unit.kind === 'value').map(unit => unit.text));
  return [...values].sort((a, b) => b.length - a.length);
}

/** Cuts a text at every interpolation that it holds. */
export function splitAtValues(text: string, values: readonly string[]) {
  const parts: { value: boolean; text: string; isLast: boolean }[] = [];
  let at = 0;
  let plain = 0;
  const push = (value: boolean, start: number, end: number) => {
    if (end > start)
      parts.push({ value, text: text.slice(start, end), isLast: end === text.length });
  };
  while (at < text.length && values.length > 0) {
    const found = values.find(value => text.startsWith(value, at));
    if (found === undefined) {
      at += 1;
      continue;
    }
    push(false, plain, at);
    push(true, at, at + found.length);
    at += found.length;
    plain = at;
  }
  push(false, plain, text.length);
  return parts;
}

/** Whether a literal in pieces keeps one line of its text in each. */
function isLinewise(units: readonly Unit[], file: string): boolean {
  let lineEnds = 0;
  let others = 0;
  let text = '';
  for (const [index, unit] of units.entries()) {
    const next = units[index + 1];
    if (unit.kind === 'glue' && next && next.piece !== unit.piece) {
      const isBreak = text.endsWith('\n') && !isBlank(file.slice(unit.start, unit.end));
      if (isBreak) lineEnds += 1;
      else others += 1;
    }
    if (unit.text !== '') text = unit.text;
  }
  return lineEnds > others;
}

function hasComment(source: string): boolean {
  return /#|\/\/|\/\*/.test(source);
}
