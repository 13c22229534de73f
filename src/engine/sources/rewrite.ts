import type { Change } from './differences.ts';
import type { PromptLiteral, Unit } from './literal.ts';
import { sourceWriter } from './sourceWriter.ts';

/** A unit, or a part of one, that lies wholly inside or wholly outside of every change. */
interface Fragment {
  readonly unit: Unit;
  /** Offsets in the literal's text. */
  readonly start: number;
  readonly end: number;
  /** Offsets in the file. */
  readonly from: number;
  readonly to: number;
}

/**
 * The literal's source (from quote to quote) with the changes put in and everything else as it was
 * spelled. Undefined where a piece cannot hold what falls into it. Not proven here.
 */
export function rewrite(
  file: string,
  literal: PromptLiteral,
  text: string,
  changes: readonly Change[],
): string | undefined {
  const waiting = atUnitEdges(literal.units, changes);
  const fragments = fragmentsOf(literal.units, waiting);
  const writer = sourceWriter(literal, file);
  const emptied = gluesOfEmptied(fragments, waiting, literal.text.length);
  let change = waiting.shift();
  let isInserted = false;
  const insert = ({ newStart, newEnd }: Change, next: Fragment | undefined) => {
    const after = file.charAt(next?.from ?? literal.units.at(-1)?.end ?? literal.inside.end);
    writer.insert(text.slice(newStart, newEnd), after);
    return true;
  };
  for (const [index, fragment] of fragments.entries()) {
    const { start, end, unit } = fragment;
    if (change && !isInserted && start >= change.start) {
      const isOpening = start === 0 && start === end && unit.kind === 'glue';
      if (change.start === change.end ? !isOpening : end > start) {
        const { end: stop } = change;
        isInserted = insert(
          change,
          fragments.slice(index).find(each => each.start >= stop),
        );
      }
    }
    if (change && isInserted && start >= change.end) {
      change = waiting.shift();
      isInserted = false;
    }
    const isInside = change !== undefined && isInserted && start < change.end;
    if (end > start && isInside) continue;
    if (end > start) writer.keep(fragment);
    else writer.gap(unit, (isInside && start > (change?.start ?? 0)) || emptied.has(unit));
  }
  if (change && !isInserted) insert(change, undefined);
  return writer.finish();
}

/** Glue beside a piece that loses its whole text, so that no empty piece stays behind. */
function gluesOfEmptied(
  fragments: readonly Fragment[],
  changes: readonly Change[],
  length: number,
): ReadonlySet<Unit> {
  const glueAt = new Map(
    fragments
      .filter(({ start, end, unit }) => end === start && unit.kind === 'glue')
      .map(({ start, unit }) => [start, unit]),
  );
  const glues = changes
    .filter(({ start, end, newStart, newEnd }) => newStart === newEnd && end > start)
    .map(({ start, end }) => {
      const [before, after] = [glueAt.get(start), glueAt.get(end)];
      if (start === 0) return after;
      return end === length || after ? before : undefined;
    });
  return new Set(glues.filter(unit => unit !== undefined));
}

/** Changes that begin or end inside of something that cannot be split take the whole of it. */
function atUnitEdges(units: readonly Unit[], changes: readonly Change[]): Change[] {
  const edges: { readonly start: number; readonly end: number }[] = [];
  let at = 0;
  for (const { kind, text } of units) {
    if (kind !== 'plain' && text.length > 1) edges.push({ start: at, end: at + text.length });
    at += text.length;
  }
  let next = 0;
  const edgeAround = (offset: number) => {
    while ((edges[next]?.end ?? Infinity) <= offset) next += 1;
    const edge = edges[next];
    return edge && edge.start < offset ? edge : undefined;
  };
  const merged: Change[] = [];
  for (const change of changes) {
    const first = edgeAround(change.start);
    const last = edgeAround(change.end);
    const back = first ? change.start - first.start : 0;
    const ahead = last ? last.end - change.end : 0;
    const wide = {
      start: change.start - back,
      end: change.end + ahead,
      newStart: change.newStart - back,
      newEnd: change.newEnd + ahead,
    };
    const previous = merged.at(-1);
    if (previous && wide.start <= previous.end) {
      merged[merged.length - 1] = { ...previous, end: wide.end, newEnd: wide.newEnd };
    } else {
      merged.push(wide);
    }
  }
  return merged;
}

function fragmentsOf(units: readonly Unit[], changes: readonly Change[]): Fragment[] {
  const cuts = changes.flatMap(({ start, end }) => [start, end]);
  const fragments: Fragment[] = [];
  let at = 0;
  let next = 0;
  for (const unit of units) {
    const end = at + unit.text.length;
    let start = at;
    while (next < cuts.length && (cuts[next] ?? end) <= start) next += 1;
    while (unit.kind === 'plain' && next < cuts.length && (cuts[next] ?? end) < end) {
      const cut = cuts[next] ?? end;
      if (cut > start) fragments.push(part(unit, at, start, cut));
      start = cut;
      next += 1;
    }
    if (start > at) fragments.push(part(unit, at, start, end));
    else fragments.push({ unit, start, end, from: unit.start, to: unit.end });
    at = end;
  }
  return fragments;
}

function part(unit: Unit, at: number, start: number, end: number): Fragment {
  return { unit, start, end, from: unit.start + start - at, to: unit.start + end - at };
}
