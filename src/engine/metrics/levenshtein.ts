/**
 * Levenshtein distance of two lists, all costs 1 (Levenshtein 1966), by columns of 32 rows at a
 * time (Myers 1999, Journal of the ACM 46; blocks after Hyyrö 2003). What begins and ends alike is
 * left away first.
 */
export function levenshtein(left: readonly string[], right: readonly string[]): number {
  let start = 0;
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (start < leftEnd && start < rightEnd && left[start] === right[start]) start++;
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  const shortest = Math.min(leftEnd, rightEnd) - start;
  if (shortest === 0) return Math.max(leftEnd, rightEnd) - start;
  const numbers = new Map<string, number>();
  const rows = numbered(left, start, leftEnd, numbers);
  const columns = numbered(right, start, rightEnd, numbers);
  return rows.length <= columns.length
    ? blockDistance(rows, columns, numbers.size)
    : blockDistance(columns, rows, numbers.size);
}

/** Differences between neighbouring cells as bits: up (`rise`) or down (`fall`), a block a word. */
function blockDistance(rows: Int32Array, columns: Int32Array, kinds: number): number {
  const blocks = Math.ceil(rows.length / 32);
  const places = new Int32Array(kinds * blocks);
  rows.forEach((unit, row) => {
    const at = unit * blocks + (row >>> 5);
    places[at] = (places[at] ?? 0) | (1 << (row & 31));
  });
  const rise = new Int32Array(blocks).fill(-1);
  const fall = new Int32Array(blocks);
  const lastBit = 1 << ((rows.length - 1) & 31);
  let distance = rows.length;
  for (const unit of columns) {
    // The top row grows by one with every column.
    let carry = 1;
    for (let block = 0; block < blocks; block++) {
      const up = rise[block] ?? 0;
      const down = fall[block] ?? 0;
      const equal = places[unit * blocks + block] ?? 0;
      const match = carry < 0 ? equal | 1 : equal;
      const diagonal = (((match & up) + up) ^ up) | match;
      let over = down | ~(diagonal | up);
      let under = up & diagonal;
      const top = block === blocks - 1 ? lastBit : 1 << 31;
      const next = over & top ? 1 : under & top ? -1 : 0;
      over = (over << 1) | (carry > 0 ? 1 : 0);
      under = (under << 1) | (carry < 0 ? 1 : 0);
      const vertical = equal | down;
      rise[block] = under | ~(vertical | over);
      fall[block] = over & vertical;
      carry = next;
    }
    distance += carry;
  }
  return distance;
}

/** Units as numbers, which compare faster than texts. */
function numbered(
  units: readonly string[],
  start: number,
  end: number,
  numbers: Map<string, number>,
): Int32Array {
  const result = new Int32Array(end - start);
  for (let at = start; at < end; at++) {
    const unit = units[at] ?? '';
    let number = numbers.get(unit);
    if (number === undefined) numbers.set(unit, (number = numbers.size));
    result[at - start] = number;
  }
  return result;
}
