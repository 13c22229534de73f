/** Answers a number in 0..1 (1 excluded) at each call. */
export type Random = () => number;

/**
 * A generator for one purpose of one run. The stream depends on the seed and the purpose alone, so
 * that a resumed run asks for the stream by its name and no generator state has to be saved.
 *
 * Generator: sfc32 of Chris Doty-Humphrey (PractRand, public domain), its 128-bit state filled by
 * four passes of MurmurHash3 over the purpose; 32 random bits per number.
 */
export function seededRandom(seed: number, ...purpose: (string | number)[]): Random {
  const name = JSON.stringify([seed, ...purpose]);
  let a = hash32(name, 1);
  let b = hash32(name, 2);
  let c = hash32(name, 3);
  let counter = hash32(name, 4);
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers still show the fill; the author of sfc32 discards the same way.
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** A number in 0..1 (1 excluded) that depends on the text and the salt alone; 32 bits. */
export function hashedFraction(text: string, salt = 0): number {
  return hash32(text, salt) / 2 ** 32;
}

/** The items in random order (Fisher–Yates); the given list stays as it is. */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return sampled(items, items.length, random);
}

/** `count` different items in random order, or all of them where there are fewer. */
export function sampled<Item>(items: readonly Item[], count: number, random: Random): Item[] {
  const pool = [...items];
  const wanted = Math.max(0, Math.min(Math.trunc(count), pool.length));
  for (let at = 0; at < wanted; at++) {
    const other = at + Math.floor(random() * (pool.length - at));
    [pool[at], pool[other]] = [pool[other] as Item, pool[at] as Item];
  }
  return pool.slice(0, wanted);
}

/** MurmurHash3, 32 bits (Austin Appleby, public domain), over UTF-16 units. */
function hash32(text: string, seed: number): number {
  let hash = seed | 0;
  for (let at = 0; at < text.length; at++) {
    let unit = Math.imul(text.charCodeAt(at), 0xcc9e2d51);
    unit = Math.imul((unit << 15) | (unit >>> 17), 0x1b873593);
    hash ^= unit;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
