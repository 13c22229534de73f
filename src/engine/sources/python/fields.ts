import type { Unit } from '../literal.ts';
import { unitList } from '../units.ts';

const conversion = /%(?:\([^()]*\))?[#0 +-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[diouxXeEfFgGcrsa]/y;

/**
 * Reads the conversions of the operator `%` (Python library reference, "printf-style String
 * Formatting"): `%%` is one percent sign. Undefined where a percent sign stands alone.
 */
export function withConversions(file: string, units: readonly Unit[]): Unit[] | undefined {
  const list = unitList();
  for (const unit of units) {
    const { kind, start, end, piece } = unit;
    if (kind !== 'plain') {
      // A percent sign that is spelled by an escape counts, too, but has no place of its own.
      if (unit.text.includes('%')) return undefined;
      list.add(kind, start, end, unit.text, piece);
      continue;
    }
    for (let at = start; at < end;) {
      const sign = file.indexOf('%', at);
      const stop = sign < 0 || sign >= end ? end : sign;
      if (stop > at) list.add('plain', at, stop, file.slice(at, stop), piece);
      at = stop;
      if (at >= end) break;
      conversion.lastIndex = at;
      const raw = file.startsWith('%%', at) ? '%%' : conversion.exec(file)?.[0];
      if (raw === undefined || at + raw.length > end) return undefined;
      if (raw === '%%') list.add('escape', at, at + 2, '%', piece);
      else list.add('value', at, at + raw.length, raw, piece);
      at += raw.length;
    }
  }
  return list.units;
}

interface Mark {
  readonly character: string;
  readonly start: number;
  readonly end: number;
  readonly kind: Unit['kind'];
  readonly piece: number;
}

/**
 * Reads the replacement fields of `str.format` (Python library reference, "Format string syntax")
 * in a string: doubled braces become one, fields become values. Undefined where a brace stands
 * alone, or a field is spelled with escapes or over several pieces: then it is no format string.
 */
export function withFields(units: readonly Unit[]): Unit[] | undefined {
  // Braces that are spelled by escapes count, too, but have no place of their own.
  if (units.some(({ kind, text }) => kind === 'escape' && /[{}]/.test(text))) return undefined;
  const marks = marksOf(units);
  const list = unitList();
  for (let at = 0; at < marks.length; at += 1) {
    const mark = marks[at];
    if (!mark) break;
    const next = marks[at + 1];
    if (mark.kind !== 'plain' || !/[{}]/.test(mark.character)) {
      list.add(mark.kind, mark.start, mark.end, mark.character, mark.piece);
    } else if (
      next?.kind === 'plain' &&
      next.character === mark.character &&
      next.start === mark.end
    ) {
      list.add('escape', mark.start, next.end, mark.character, mark.piece);
      at += 1;
    } else {
      const length = mark.character === '{' ? fieldLength(marks, at) : undefined;
      const last = length === undefined ? undefined : marks[at + length - 1];
      if (length === undefined || !last) return undefined;
      const raw = marks.slice(at, at + length).map(each => each.character);
      list.add('value', mark.start, last.end, raw.join(''), mark.piece);
      at += length - 1;
    }
  }
  return list.units;
}

function marksOf(units: readonly Unit[]): Mark[] {
  return units.flatMap(({ kind, text, start, end, piece }): Mark[] => {
    if (kind !== 'plain') return [{ character: text, start, end, kind, piece }];
    return text.split('').map((character, index) => {
      return { character, start: start + index, end: start + index + 1, kind, piece };
    });
  });
}

function fieldLength(marks: readonly Mark[], from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < marks.length; at += 1) {
    const mark = marks[at];
    const isApart = at > from && mark?.start !== marks[at - 1]?.end;
    if (mark?.kind !== 'plain' || mark.character === '\n' || isApart) return undefined;
    if (mark.character === '{') depth += 1;
    if (mark.character === '}') depth -= 1;
    if (depth === 0) return at - from + 1;
  }
  return undefined;
}
