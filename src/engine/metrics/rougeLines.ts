/**
 * The words of a reference line that stand in a longest common subsequence with any line of the
 * answer, each position once, in order (`_union_lcs` of rouge_score 0.1.2).
 */
export function unionOfCommonWords(
  dueLine: readonly string[],
  lines: readonly (readonly string[])[],
): string[] {
  const positions = new Set<number>();
  for (const line of lines) {
    for (const position of commonPositions(dueLine, line)) positions.add(position);
  }
  return dueLine.filter((_, at) => positions.has(at));
}

/** Positions in `due` of one longest common subsequence, found from the end. */
function commonPositions(due: readonly string[], words: readonly string[]): number[] {
  const width = words.length + 1;
  const lengths = new Int32Array((due.length + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = 1; row <= due.length; row++) {
    for (let column = 1; column <= words.length; column++) {
      lengths[row * width + column] =
        due[row - 1] === words[column - 1]
          ? lengthAt(row - 1, column - 1) + 1
          : Math.max(lengthAt(row - 1, column), lengthAt(row, column - 1));
    }
  }
  const positions: number[] = [];
  let row = due.length;
  let column = words.length;
  while (row > 0 && column > 0) {
    if (due[row - 1] === words[column - 1]) {
      positions.push(--row);
      column--;
    } else if (lengthAt(row, column - 1) > lengthAt(row - 1, column)) {
      column--;
    } else {
      row--;
    }
  }
  return positions;
}
