/** The different 5-grams of a text without case and extra space; a short text is one gram. */
export function shinglesOf(text: string): readonly string[] {
  const plain = text.trim().replace(/\s+/gu, ' ').toLowerCase();
  if (plain.length <= gramLength) return [plain];
  const grams = new Set<string>();
  const end = Math.min(plain.length, longestText) - gramLength;
  for (let at = 0; at <= end; at++) grams.add(plain.slice(at, at + gramLength));
  return [...grams];
}

const gramLength = 5;
/** Of a longer text the beginning is compared, so that a book costs no more than a page. */
const longestText = 4000;

/** A pair of texts by their places, the later one first; 1 is the same set of 5-grams. */
export interface SimilarPair {
  readonly later: number;
  readonly earlier: number;
  readonly similarity: number;
}

/** Candidates that are compared in full for one text: a bound for texts of one template. */
const mostCompared = 200;

/**
 * For each text the most similar earlier one with a Jaccard similarity of 5-grams of at least
 * `threshold` (0..1), found by prefix filtering: two sets with similarity t share a gram among the
 * rarest (1 - t)·n + 1 of each (Bayardo, Ma and Srikant, "Scaling up all pairs similarity search",
 * WWW 2007). Exact but for texts with more than 200 candidates, of which the first 200 are looked at.
 */
export function similarTexts(texts: readonly string[], threshold: number): SimilarPair[] {
  const sets = rarestFirst(texts.map(shinglesOf));
  const holders = new Map<number, number[]>();
  const pairs: SimilarPair[] = [];
  sets.forEach((grams, later) => {
    const prefix = grams.slice(0, grams.length - Math.ceil(threshold * grams.length) + 1);
    const candidates = new Set<number>();
    for (const gram of prefix) {
      for (const earlier of holders.get(gram) ?? []) {
        if (candidates.size >= mostCompared) break;
        const size = sets[earlier]?.length ?? 0;
        if (Math.min(size, grams.length) >= threshold * Math.max(size, grams.length)) {
          candidates.add(earlier);
        }
      }
    }
    let best: SimilarPair | undefined;
    for (const earlier of candidates) {
      const similarity = jaccard(grams, sets[earlier] ?? []);
      if (similarity >= threshold && similarity > (best?.similarity ?? 0)) {
        best = { later, earlier, similarity };
      }
    }
    if (best) pairs.push(best);
    for (const gram of prefix) {
      const list = holders.get(gram);
      if (list) list.push(later);
      else holders.set(gram, [later]);
    }
  });
  return pairs;
}

/** Grams as numbers, the rarest of all texts with the lowest, each set in rising order. */
function rarestFirst(sets: readonly (readonly string[])[]): number[][] {
  const frequency = new Map<string, number>();
  for (const set of sets)
    for (const gram of set) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
  const order = [...frequency].sort(([, left], [, right]) => left - right);
  const rank = new Map(order.map(([gram], at) => [gram, at]));
  return sets.map(set => set.map(gram => rank.get(gram) ?? 0).sort((left, right) => left - right));
}

/** Shared grams over all grams of two rising lists. */
function jaccard(left: readonly number[], right: readonly number[]): number {
  let shared = 0;
  let at = 0;
  for (const gram of left) {
    while (at < right.length && (right[at] ?? 0) < gram) at++;
    if (right[at] === gram) shared++;
  }
  return shared / (left.length + right.length - shared);
}
