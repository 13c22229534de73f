import { createHash } from 'node:crypto';

/** A number from 0 up to, but not including, 1 that depends on the texts and on nothing else. */
export function chance(...texts: readonly string[]): number {
  const digest = createHash('sha256').update(JSON.stringify(texts)).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** A stream of such numbers: the same texts give the same stream. */
export function chances(...texts: readonly string[]): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return chance(...texts, String(drawn));
  };
}

/**
 * A uniform number whose noise two draws share: half of its variance comes from `shared`, half
 * from `own`. So a rewording of a prompt re-rolls a part of the luck of each row and keeps the
 * rest, as it is with language models.
 */
export function sharedChance(shared: string, own: string): number {
  return cumulative(Math.SQRT1_2 * (normal(shared) + normal(own)));
}

/** Picks by weight; `roll` is from 0 up to, but not including, 1. */
export function weighted<Item>(
  items: readonly (readonly [item: Item, weight: number])[],
  roll: number,
): Item | undefined {
  let left = roll * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return items.at(-1)?.[0];
}

/** Picks with equal weights. */
export function oneOf<Item>(items: readonly Item[], roll: number): Item | undefined {
  return items[Math.floor(roll * items.length)];
}

// Box and Muller 1958.
function normal(text: string): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance(text, 'radius')));
  return radius * Math.cos(2 * Math.PI * chance(text, 'angle'));
}

// The logistic approximation of the normal distribution (Bowling and others 2009), error < 0.0002.
function cumulative(z: number): number {
  return 1 / (1 + Math.exp(-(0.07056 * z ** 3 + 1.5976 * z)));
}
