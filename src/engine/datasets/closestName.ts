/** The name nearest to a mistyped one, or undefined where none is near. */
export function closestName(wanted: string, names: readonly string[]): string | undefined {
  const near = names
    .map(name => ({ name, distance: editDistance(plain(wanted), plain(name)) }))
    .sort((left, right) => left.distance - right.distance)[0];
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return near && near.distance <= limit ? near.name : undefined;
}

/** A name without case, spaces, underscores and hyphens: `Expected Answer` is `expected_answer`. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/gu, '');
}

/** Levenshtein distance, all costs 1. */
function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let at = 1; at <= right.length; at++) {
      const replaced = (above[at - 1] ?? 0) + (left[row - 1] === right[at - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[right.length] ?? 0;
}
