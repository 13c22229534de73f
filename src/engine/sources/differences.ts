/** What was between `start` and `end` of a text is now what is between `newStart` and `newEnd` of another. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Two lists with more differences than this are taken as wholly different. */
const mostDifferences = 1_000;

/**
 * The shortest list of changes from one list to another: the greedy algorithm of Myers, "An O(ND)
 * difference algorithm and its variations" (1986). Indices count items; changes do not touch.
 */
export function differences(before: readonly string[], after: readonly string[]): Change[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const left = before.slice(head, before.length - tail);
  const right = after.slice(head, after.length - tail);
  return changesOf(left, right).map(({ start, end, newStart, newEnd }) => ({
    start: start + head,
    end: end + head,
    newStart: newStart + head,
    newEnd: newEnd + head,
  }));
}

/** Lines with their ends: joined they are the text. */
export function linesWithEnds(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Changes of a text as UTF-16 offsets: whole lines, and inside of changed lines only the words. */
export function textChanges(before: string, after: string): Change[] {
  return lineChanges(before, after).flatMap(change => {
    const old = words(before.slice(change.start, change.end));
    const young = words(after.slice(change.newStart, change.newEnd));
    return inOffsets(differences(old, young), old, young, change);
  });
}

/** Changes of a text as UTF-16 offsets, in whole lines. */
export function lineChanges(before: string, after: string): Change[] {
  const old = linesWithEnds(before);
  const young = linesWithEnds(after);
  return inOffsets(differences(old, young), old, young, { start: 0, newStart: 0 });
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|[^]/gu) ?? [];
}

function inOffsets(
  changes: readonly Change[],
  before: readonly string[],
  after: readonly string[],
  base: Pick<Change, 'start' | 'newStart'>,
): Change[] {
  const old = offsets(before, base.start);
  const young = offsets(after, base.newStart);
  return changes.map(({ start, end, newStart, newEnd }) => ({
    start: old[start] ?? base.start,
    end: old[end] ?? base.start,
    newStart: young[newStart] ?? base.newStart,
    newEnd: young[newEnd] ?? base.newStart,
  }));
}

function offsets(items: readonly string[], base: number): number[] {
  const starts = [base];
  let at = base;
  for (const item of items) starts.push((at += item.length));
  return starts;
}

function changesOf(before: readonly string[], after: readonly string[]): Change[] {
  const whole = { start: 0, end: before.length, newStart: 0, newEnd: after.length };
  if (before.length === 0 && after.length === 0) return [];
  if (before.length === 0 || after.length === 0) return [whole];
  const trace = furthestPaths(before, after);
  return trace ? joined(backwards(trace, before.length, after.length)) : [whole];
}

/** For each number of differences, how far every diagonal reached before it. */
function furthestPaths(before: readonly string[], after: readonly string[]) {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (
    let count = 0;
    count <= Math.min(before.length + after.length, mostDifferences);
    count += 1
  ) {
    trace.push(new Map(furthest));
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      let x = comesFromAbove(furthest, diagonal, count)
        ? (furthest.get(diagonal + 1) ?? 0)
        : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (
        x < before.length &&
        x - diagonal < after.length &&
        before[x] === after[x - diagonal]
      ) {
        x += 1;
      }
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return trace;
    }
  }
  return undefined;
}

function comesFromAbove(furthest: ReadonlyMap<number, number>, diagonal: number, count: number) {
  if (diagonal === -count) return true;
  if (diagonal === count) return false;
  return (furthest.get(diagonal - 1) ?? -1) < (furthest.get(diagonal + 1) ?? -1);
}

function backwards(trace: readonly Map<number, number>[], width: number, height: number): Change[] {
  const steps: Change[] = [];
  let x = width;
  let y = height;
  for (let count = trace.length - 1; count > 0; count -= 1) {
    const furthest = trace[count] ?? new Map<number, number>();
    const diagonal = x - y;
    const above = comesFromAbove(furthest, diagonal, count);
    const from = above ? diagonal + 1 : diagonal - 1;
    const oldX = furthest.get(from) ?? 0;
    const oldY = oldX - from;
    steps.push({
      start: oldX,
      end: above ? oldX : oldX + 1,
      newStart: oldY,
      newEnd: above ? oldY + 1 : oldY,
    });
    x = oldX;
    y = oldY;
  }
  return steps.reverse();
}

function joined(steps: readonly Change[]): Change[] {
  const changes: Change[] = [];
  for (const step of steps) {
    const last = changes.at(-1);
    if (last?.end === step.start && last.newEnd === step.newStart) {
      changes[changes.length - 1] = { ...last, end: step.end, newEnd: step.newEnd };
    } else {
      changes.push(step);
    }
  }
  return changes;
}
