/**
 * Levenshtein distance of two lists, all costs 1 (Levenshtein 1966), by rows (Wagner and Fischer
 * 1974); what begins and ends alike is left away first.
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
  const columns = rightEnd - start;
  if (leftEnd === start || columns === 0) return Math.max(columns, leftEnd - start);
  const numbers = new Map<string, number>();
  const rows = numbered(left, start, leftEnd, numbers);
  const wanted = numbered(right, start, rightEnd, numbers);
  const costs = new Int32Array(columns + 1);
  for (let column = 0; column <= columns; column++) costs[column] = column;
  for (let row = 1; row <= rows.length; row++) {
    const unit = rows[row - 1] ?? 0;
    let diagonal = row - 1;
    let before = row;
    for (let column = 1; column <= columns; column++) {
      const above = costs[column] ?? 0;
      const replaced = wanted[column - 1] === unit ? diagonal : diagonal + 1;
      const moved = (above < before ? above : before) + 1;
      before = replaced < moved ? replaced : moved;
      diagonal = above;
      costs[column] = before;
    }
  }
  return costs[columns] ?? 0;
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
