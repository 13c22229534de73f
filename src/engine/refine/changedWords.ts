/**
 * How many words were taken out or put in between two texts; undefined where more than `limit`.
 * White space counts for nothing, so that moved line breaks are free. Shortest edit script of
 * Myers, "An O(ND) difference algorithm and its variations" (1986), given up at the limit, which
 * keeps it quick for texts of any length.
 */
export function changedWords(before: string, after: string, limit: number): number | undefined {
  const left = wordsOf(before);
  const right = wordsOf(after);
  if (Math.abs(left.length - right.length) > limit) return undefined;
  // furthest[k]: how far into `left` a path on diagonal k = x - y has come.
  const furthest = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= limit; edits += 1) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = furthest.get(diagonal + 1) ?? -1;
      const across = furthest.get(diagonal - 1) ?? -1;
      let x = diagonal === -edits || (diagonal !== edits && across < down) ? down : across + 1;
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) {
        x += 1;
      }
      furthest.set(diagonal, x);
      if (x >= left.length && x - diagonal >= right.length) return edits;
    }
  }
  return undefined;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
