import { differences, linesWithEnds, type Change } from './differences.ts';

/** A merged text; with conflicts it holds markers and is for a person to finish. */
export interface Merged {
  readonly text: string;
  readonly conflicts: number;
}

/** What the two sides of a conflict are called in its markers. */
export interface MergeLabels {
  readonly mine: string;
  readonly theirs: string;
}

/**
 * Three-way merge by lines, as `git merge-file` does it: what one side changed is taken; where both
 * changed the same or neighbouring lines differently, both stand between conflict markers.
 */
export function mergeThreeWay(
  base: string,
  mine: string,
  theirs: string,
  labels: MergeLabels = { mine: 'mine', theirs: 'theirs' },
): Merged {
  const [old, left, right] = [base, mine, theirs].map(linesWithEnds) as [
    string[],
    string[],
    string[],
  ];
  const merged: string[] = [];
  let conflicts = 0;
  let at = 0;
  for (const { start, end, mine: ours, theirs: others } of regions(old, left, right)) {
    merged.push(...old.slice(at, start));
    const a = sideOf(left, ours, start, end).join('');
    const b = sideOf(right, others, start, end).join('');
    if (a === b || others.length === 0) {
      merged.push(a);
    } else if (ours.length === 0) {
      merged.push(b);
    } else {
      conflicts += 1;
      merged.push(conflict(a, b, labels));
    }
    at = end;
  }
  merged.push(...old.slice(at));
  return { text: merged.join(''), conflicts };
}

/** Lines of the base that at least one side changed, with the changes that fall into them. */
interface Region {
  readonly start: number;
  readonly end: number;
  readonly mine: readonly Change[];
  readonly theirs: readonly Change[];
}

function regions(old: string[], left: string[], right: string[]): Region[] {
  const all = [
    ...differences(old, left).map(change => ({ change, isMine: true })),
    ...differences(old, right).map(change => ({ change, isMine: false })),
  ].sort((a, b) => a.change.start - b.change.start || a.change.end - b.change.end);
  const found: Region[] = [];
  for (const { change, isMine } of all) {
    const last = found.at(-1);
    const touches = last !== undefined && change.start <= last.end;
    const region = touches ? last : { start: change.start, end: change.end, mine: [], theirs: [] };
    if (touches) found.pop();
    found.push({
      start: region.start,
      end: Math.max(region.end, change.end),
      mine: isMine ? [...region.mine, change] : region.mine,
      theirs: isMine ? region.theirs : [...region.theirs, change],
    });
  }
  return found;
}

/** What one side has in place of the base's lines from `start` to `end`; used where it changed some. */
function sideOf(lines: readonly string[], changes: readonly Change[], start: number, end: number) {
  const [first] = changes;
  const last = changes.at(-1);
  if (!first || !last) return [];
  return lines.slice(first.newStart - (first.start - start), last.newEnd + (end - last.end));
}

function conflict(mine: string, theirs: string, labels: MergeLabels): string {
  const ended = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
  return `<<<<<<< ${labels.mine}\n${ended(mine)}=======\n${ended(theirs)}>>>>>>> ${labels.theirs}\n`;
}
