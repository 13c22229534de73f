/** The known name that a misspelled one is probably meant to be; undefined where none is near. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  const same = known.find(each => plain(each) === plain(name));
  if (same) return same;
  const ranked = known
    .map(each => ({ each, edits: editDistance(plain(name), plain(each)) }))
    .filter(
      ({ each, edits }) => edits <= Math.min(2, Math.floor(Math.max(name.length, each.length) / 3)),
    )
    .sort((left, right) => left.edits - right.edits);
  const [first, second] = ranked;
  return first && first.edits !== second?.edits ? first.each : undefined;
}

function plain(name: string): string {
  return name.replace(/[-_]/g, '').toLowerCase();
}

/** Levenshtein (1966): insertions, deletions and replacements of one character. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
