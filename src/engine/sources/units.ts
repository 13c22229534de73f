import type { Unit } from './literal.ts';
import type { TextRange } from './range.ts';

/** The text that units spell. */
export function textOf(units: readonly Unit[]): string {
  return units.map(unit => unit.text).join('');
}

/** Collects units; neighbouring characters that stand for themselves become one. */
export function unitList() {
  const units: Unit[] = [];
  return {
    units,
    add(kind: Unit['kind'], start: number, end: number, text: string, piece = 0): void {
      const last = units.at(-1);
      if (
        kind === 'plain' &&
        last?.kind === 'plain' &&
        last.end === start &&
        last.piece === piece
      ) {
        units[units.length - 1] = { ...last, end, text: last.text + text };
      } else if (end > start || text !== '') {
        units.push({ kind, start, end, text, piece });
      }
    },
  };
}

/** The text with every interpolation blotted out, so that nothing inside of one is read as text. */
export function blotted(units: readonly Unit[], mark = 'x'): string {
  return units
    .map(({ kind, text }) => (kind === 'value' ? mark.repeat(text.length) : text))
    .join('');
}

/**
 * The units with some of their text taken away (offsets in the text, in order): what a function
 * around the literal takes away at run time. Its source becomes `indent`, or `glue` where it holds
 * a line break.
 */
export function withoutText(units: readonly Unit[], ranges: readonly TextRange[]): Unit[] {
  const kept = unitList();
  let at = 0;
  let next = 0;
  for (const unit of units) {
    const end = at + unit.text.length;
    if (unit.text === '') {
      kept.add(unit.kind, unit.start, unit.end, '', unit.piece);
      continue;
    }
    let done = at;
    while (done < end) {
      while ((ranges[next]?.end ?? Infinity) <= done) next += 1;
      const range = ranges[next];
      const drops = range !== undefined && range.start <= done;
      const stop = Math.min(end, (drops ? range.end : range?.start) ?? end);
      const isPlain = unit.kind === 'plain';
      const part = isPlain
        ? { start: unit.start + done - at, end: unit.start + stop - at }
        : { start: done === at ? unit.start : unit.end, end: unit.end };
      const text = unit.text.slice(done - at, stop - at);
      if (drops)
        kept.add(text.includes('\n') ? 'glue' : 'indent', part.start, part.end, '', unit.piece);
      else kept.add(unit.kind, part.start, part.end, text, unit.piece);
      done = stop;
    }
    at = end;
  }
  return kept.units;
}
