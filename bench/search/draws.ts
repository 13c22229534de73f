/** A word that can be spoken and means nothing. */
export function nonce(random: () => number): string {
  const syllable = (): string => pick([...'bdfgklmnprstvz'], random) + pick([...'aeiou'], random);
  const middle = random() < 0.5 ? syllable() : '';
  return `${syllable()}${middle}${syllable()}${pick([...'lmnrstk'], random)}`;
}

/** One of the items, each as likely. */
export function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

/** A position, as likely as its weight. */
export function weighted(weights: readonly number[], random: () => number): number {
  let left = random() * weights.reduce((sum, each) => sum + each, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}
