/** How the cells of a CSV file are divided. */
export interface Dialect {
  readonly delimiter: string;
  /** Whether the first line is Excel's `sep=;`. */
  readonly sepLine: boolean;
}

const candidates = [',', ';', '\t', '|'];

/**
 * The delimiter that the first lines agree on: the one that cuts the header into most cells with
 * every whole row the same; commas (tabs for TSV) where none does. Quoted text does not count.
 */
export function dialectOf(start: string, format: 'csv' | 'tsv'): Dialect {
  const sep = /^"?sep=(.)"?\r?\n/u.exec(start);
  if (sep?.[1]) return { delimiter: sep[1], sepLine: true };
  const usual = format === 'tsv' ? '\t' : ',';
  let best = { delimiter: usual, cells: 1, agreement: 0 };
  for (const delimiter of [usual, ...candidates.filter(each => each !== usual)]) {
    const counts = cellCounts(start, delimiter);
    const cells = counts[0] ?? 1;
    const agreement = counts.filter(count => count === cells).length / counts.length;
    if (cells > 1 && agreement > best.agreement) best = { delimiter, cells, agreement };
  }
  return { delimiter: best.delimiter, sepLine: false };
}

/** Cells in each of the first twenty rows, blank lines left away. */
function cellCounts(start: string, delimiter: string): number[] {
  const counts: number[] = [];
  let cells = 1;
  let quoted = false;
  let cellStart = true;
  let blank = true;
  for (const character of start) {
    if (character === '"' && (quoted || cellStart)) quoted = !quoted;
    cellStart = false;
    if (quoted) {
      blank = false;
    } else if (character === delimiter) {
      cells++;
      cellStart = true;
      blank = false;
    } else if (character === '\n' || character === '\r') {
      if (!blank) counts.push(cells);
      if (counts.length === 20) return counts;
      cells = 1;
      cellStart = true;
      blank = true;
    } else if (character !== '"') {
      blank = false;
    }
  }
  // The last row may be cut by the end of the sample, so that it counts only when it is alone.
  return counts.length === 0 ? [cells] : counts;
}
