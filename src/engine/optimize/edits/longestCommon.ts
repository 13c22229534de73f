/** A pair of positions, left and right, that stay the same. */
export type Match = readonly [left: number, right: number];

/**
 * A longest common subsequence of two lists, as positions in both, ascending. Greedy search for the
 * shortest edit script (Myers 1986, An O(ND) Difference Algorithm and Its Variations), with the
 * furthest reaching point of every step kept.
 */
export function longestCommon(left: readonly string[], right: readonly string[]): Match[] {
  const trace: Map<number, number>[] = [];
  const furthest = new Map<number, number>([[1, 0]]);
  for (let steps = 0; ; steps++) {
    trace.push(new Map(furthest));
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const below = furthest.get(diagonal + 1) ?? -1;
      const beside = furthest.get(diagonal - 1) ?? -1;
      const down = diagonal === -steps || (diagonal !== steps && beside < below);
      let x = down ? below : beside + 1;
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) {
        x += 1;
      }
      furthest.set(diagonal, x);
      if (x >= left.length && x - diagonal >= right.length) {
        return walkedBack(left.length, right.length, trace);
      }
    }
  }
}

function walkedBack(x: number, y: number, trace: readonly Map<number, number>[]): Match[] {
  const matches: Match[] = [];
  for (let steps = trace.length - 1; steps >= 0; steps--) {
    const furthest = trace[steps] as Map<number, number>;
    const diagonal = x - y;
    const below = furthest.get(diagonal + 1) ?? -1;
    const beside = furthest.get(diagonal - 1) ?? -1;
    const down = diagonal === -steps || (diagonal !== steps && beside < below);
    const before = down ? diagonal + 1 : diagonal - 1;
    const fromX = steps === 0 ? 0 : (furthest.get(before) ?? 0);
    const fromY = steps === 0 ? 0 : fromX - before;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      matches.push([x, y]);
    }
    x = fromX;
    y = fromY;
  }
  return matches.reverse();
}
