import { seededRandom, type Random } from '../../../src/engine/core/random.ts';

/** Bytes that mean something to a reader of tables. */
const telling = [...Buffer.from('",;\t\n\r{}[]:\\-&*#|\'0nul\0\ufeff'), 0xff, 0xc3, 0xa9, 0x80];

/** A generator of its own for each case, so that a failing case can be run again by its number. */
export function caseRandom(name: string, number: number): Random {
  return seededRandom(1, 'fuzz', name, number);
}

/** A copy with one to four bytes changed, added, taken out, doubled, or the end cut off. */
export function mutated(bytes: Uint8Array, random: Random): Buffer {
  let changed = Buffer.from(bytes);
  const times = 1 + Math.floor(random() * 4);
  for (let time = 0; time < times; time++) {
    const at = Math.floor(random() * (changed.length + 1));
    const byte =
      random() < 0.7
        ? (telling[Math.floor(random() * telling.length)] ?? 0)
        : Math.floor(random() * 256);
    const length = Math.floor(random() * 8);
    const before = changed.subarray(0, at);
    const kind = random();
    if (kind < 0.35)
      changed = Buffer.concat([before, Buffer.from([byte]), changed.subarray(at + 1)]);
    else if (kind < 0.65)
      changed = Buffer.concat([before, Buffer.from([byte]), changed.subarray(at)]);
    else if (kind < 0.85) changed = Buffer.concat([before, changed.subarray(at + length)]);
    else if (kind < 0.95) changed = Buffer.concat([before, changed.subarray(at - length)]);
    else changed = Buffer.from(before);
  }
  return changed;
}
