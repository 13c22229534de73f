/** Ranks from 1; equal numbers share the mean of their ranks. NaN is not allowed. */
export function averageRanks(values: readonly number[]): Float64Array {
  const order = ascending(values);
  const ranks = new Float64Array(values.length);
  for (let first = 0, after = 0; first < order.length; first = after) {
    const value = values[order[first] ?? 0];
    while (after < order.length && values[order[after] ?? 0] === value) after++;
    const rank = (first + after + 1) / 2;
    for (let at = first; at < after; at++) ranks[order[at] ?? 0] = rank;
  }
  return ranks;
}

/**
 * Positions of the numbers from the smallest to the largest: radix sort by the bytes of IEEE 754
 * from the last (Knuth, TAOCP 3, 5.2.5), several times faster than a sort that compares.
 */
function ascending(values: readonly number[]): Uint32Array {
  const bytes = sortableBytes(values);
  let order = new Uint32Array(values.length);
  for (let at = 0; at < order.length; at++) order[at] = at;
  let next = new Uint32Array(values.length);
  const starts = new Uint32Array(257);
  for (let place = 0; place < 8; place++) {
    starts.fill(0);
    for (let at = place; at < bytes.length; at += 8) {
      const byte = bytes[at] ?? 0;
      starts[byte + 1] = (starts[byte + 1] ?? 0) + 1;
    }
    if (starts.includes(values.length)) continue;
    for (let byte = 1; byte < 257; byte++) {
      starts[byte] = (starts[byte] ?? 0) + (starts[byte - 1] ?? 0);
    }
    for (const position of order) {
      const byte = bytes[8 * position + place] ?? 0;
      const start = starts[byte] ?? 0;
      next[start] = position;
      starts[byte] = start + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Eight bytes a number, the last the weightiest, that order as the numbers do. */
function sortableBytes(values: readonly number[]): Uint8Array {
  const numbers = new Float64Array(values.length);
  // −0 plus 0 is 0: the two are equal, though their bytes are not.
  for (let at = 0; at < numbers.length; at++) numbers[at] = (values[at] ?? 0) + 0;
  const halves = new Int32Array(numbers.buffer);
  for (let at = 0; at < halves.length; at += 2) {
    const low = halves[at] ?? 0;
    const high = halves[at + 1] ?? 0;
    // The bits of negative numbers grow with their distance from 0, and their sign bit is set.
    halves[at] = high < 0 ? ~low : low;
    halves[at + 1] = high < 0 ? ~high : high ^ 0x80000000;
  }
  return new Uint8Array(numbers.buffer);
}
