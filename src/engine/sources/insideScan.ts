import type { Unit } from './literal.ts';
import type { TextRange } from './range.ts';
import { unitList } from './units.ts';

/** A literal that cannot be read, with a sentence why. */
export interface Unreadable {
  readonly problem: string;
}

/** What a piece of source spells: its length there, and the text; or why it spells nothing. */
export type Spelled = { readonly length: number; readonly text: string } | Unreadable;

/** A walk over the inside of a literal that collects its units. */
export interface InsideScan {
  readonly units: Unit[];
  /** Offset in the file of what comes next. */
  at: number;
  add(kind: Unit['kind'], length: number, text: string): void;
  /** Takes an interpolation, or a run of characters that stand for themselves; false where neither comes. */
  takeKnown(): boolean;
  /** Takes what an escape spells; a sentence where it spells nothing, or goes on behind the literal. */
  takeSpelled(read: Spelled): Unreadable | undefined;
}

/**
 * Begins a walk. `values` are the interpolations, in order; `ordinary` is a sticky pattern for
 * characters that stand for themselves.
 */
export function insideScan(
  file: string,
  inside: TextRange,
  values: readonly TextRange[],
  piece: number,
  ordinary: RegExp,
): InsideScan {
  const list = unitList();
  let next = 0;
  return {
    units: list.units,
    at: inside.start,
    add(kind, length, text) {
      list.add(kind, this.at, this.at + length, text, piece);
      this.at += length;
    },
    takeKnown() {
      const value = values[next];
      if (value?.start === this.at) {
        const raw = file.slice(value.start, value.end);
        this.add('value', raw.length, raw);
        next += 1;
        return true;
      }
      ordinary.lastIndex = this.at;
      const run = ordinary.exec(file)?.[0].slice(0, inside.end - this.at);
      if (run === undefined) return false;
      this.add('plain', run.length, run);
      return true;
    },
    takeSpelled(read) {
      if ('problem' in read) return read;
      if (this.at + read.length > inside.end) return { problem: 'This string has no end.' };
      this.add(read.text === '' ? 'glue' : 'escape', read.length, read.text);
      return undefined;
    },
  };
}
