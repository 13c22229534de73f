/** How often each n-gram occurs; the words of one are joined by a space, which no word holds. */
export type NgramCounts = ReadonlyMap<string, number>;

/** The runs of `n` words. */
export function ngramCounts(words: readonly string[], n: number): NgramCounts {
  const counts = new Map<string, number>();
  for (let start = 0; start + n <= words.length; start++) {
    let ngram = words[start] ?? '';
    for (let at = start + 1; at < start + n; at++) ngram += ` ${words[at] ?? ''}`;
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}

/** n-grams that both have; each counts as often as in the one that has fewer. */
export function commonNgrams(left: NgramCounts, right: NgramCounts): number {
  let common = 0;
  for (const [ngram, count] of left) {
    const other = right.get(ngram);
    if (other !== undefined) common += count < other ? count : other;
  }
  return common;
}

/** For each n-gram the largest count of any text: what BLEU clips by. */
export function largestCounts(texts: readonly NgramCounts[]): NgramCounts {
  const [first = new Map<string, number>(), ...others] = texts;
  if (others.length === 0) return first;
  const largest = new Map(first);
  for (const counts of others) {
    for (const [ngram, count] of counts) {
      if (count > (largest.get(ngram) ?? 0)) largest.set(ngram, count);
    }
  }
  return largest;
}
