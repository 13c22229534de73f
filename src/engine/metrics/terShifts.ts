import { beamDistance, type EditPath } from './terAlignment.ts';

const longestShift = 10;
const farthestShift = 50;
const mostCandidates = 1000;

/** A run of words to be moved, and what that gains in edits. */
interface Shift {
  readonly gain: number;
  readonly length: number;
  readonly start: number;
  readonly target: number;
  readonly words: readonly string[];
}

/**
 * Fewest edits found by greedy shifts and edit distance, with the limits and tie-breaks of Tercom
 * that sacrebleu 2.6.0 keeps: at most 1,000 shifts are tried for a pair, and the round that reaches
 * the limit is not applied.
 */
export function editsWithShifts(answer: readonly string[], reference: readonly string[]): number {
  if (reference.length === 0) return answer.length;
  const distance = beamDistance(reference);
  let words = answer;
  let shifts = 0;
  let tried = 0;
  for (;;) {
    const { best, candidates } = bestShift(words, reference, distance, tried);
    tried = candidates;
    if (tried >= mostCandidates || !best || best.gain <= 0) break;
    shifts++;
    words = best.words;
  }
  return shifts + distance.cost(words);
}

function bestShift(
  words: readonly string[],
  reference: readonly string[],
  distance: ReturnType<typeof beamDistance>,
  tried: number,
): { best: Shift | undefined; candidates: number } {
  const before = distance.path(words);
  const { places, wrong, missed } = alignment(before, reference.length);
  let best: Shift | undefined;
  let candidates = tried;
  for (const { start, from, length } of equalRuns(words, reference)) {
    if (!wrong.slice(start, start + length).includes(true)) continue;
    if (!missed.slice(from, from + length).includes(true)) continue;
    const place = places[from] ?? -1;
    if (start <= place && place < start + length) continue;
    let last = -1;
    for (let offset = -1; offset < length; offset++) {
      const anchor = from + offset;
      const aligned = anchor === -1 ? -1 : places[anchor];
      if (aligned === undefined) break;
      const target = aligned + 1;
      if (target === last) continue;
      last = target;
      const moved = shifted(words, start, length, target);
      const gain = before.cost - distance.cost(moved);
      const shift: Shift = { gain, length, start, target, words: moved };
      candidates++;
      if (!best || isBetter(shift, best)) best = shift;
    }
    if (candidates >= mostCandidates) break;
  }
  return { best, candidates };
}

function isBetter(one: Shift, other: Shift): boolean {
  if (one.gain !== other.gain) return one.gain > other.gain;
  if (one.length !== other.length) return one.length > other.length;
  if (one.start !== other.start) return one.start < other.start;
  return one.target < other.target;
}

/** Where each reference word stands in the answer, and which words of either side are edits. */
function alignment(
  { path }: EditPath,
  length: number,
): { places: readonly number[]; wrong: readonly boolean[]; missed: readonly boolean[] } {
  const places: number[] = [];
  const wrong: boolean[] = [];
  const missed: boolean[] = [];
  let place = -1;
  for (const step of path) {
    if (step !== 'insert') {
      place++;
      wrong.push(step !== 'keep');
    }
    if (step !== 'delete') {
      places.push(place);
      missed.push(step !== 'keep');
    }
  }
  return { places: places.slice(0, length), wrong, missed };
}

/** Every run that stands in both, at most ten words long and fifty places apart. */
function* equalRuns(
  words: readonly string[],
  reference: readonly string[],
): Iterable<{ start: number; from: number; length: number }> {
  for (let start = 0; start < words.length; start++) {
    const first = Math.max(0, start - farthestShift);
    const last = Math.min(reference.length - 1, start + farthestShift);
    for (let from = first; from <= last; from++) {
      for (let length = 1; length <= longestShift; length++) {
        const word = words[start + length - 1];
        if (word === undefined || word !== reference[from + length - 1]) break;
        yield { start, from, length };
      }
    }
  }
}

function shifted(
  words: readonly string[],
  start: number,
  length: number,
  target: number,
): readonly string[] {
  const run = words.slice(start, start + length);
  const rest = [...words.slice(0, start), ...words.slice(start + length)];
  // Inside of the run itself, Tercom counts the target from the words behind it.
  const place = target < start ? target : target > start + length ? target - length : target;
  return [...rest.slice(0, place), ...run, ...rest.slice(place)];
}
