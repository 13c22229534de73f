/** Operations that turn the answer into the reference, and how many of them are edits. */
export interface EditPath {
  readonly cost: number;
  /** `keep`, `replace`: both sides; `delete`: a word of the answer; `insert`: one of the reference. */
  readonly path: readonly EditStep[];
}

type EditStep = 'keep' | 'replace' | 'delete' | 'insert';

const beam = 25;
const endless = 1e9;
const keep = 0;
const replace = 1;
const remove = 2;
const insert = 3;
const steps: readonly EditStep[] = ['keep', 'replace', 'delete', 'insert'];

/**
 * Edit distances to one reference within a beam around the scaled diagonal, as Tercom has it: of
 * equal costs keeping or replacing is preferred, then deleting, then inserting. Rows that an
 * earlier answer with the same beginning has filled are used again.
 */
export function beamDistance(reference: readonly string[]): {
  cost(words: readonly string[]): number;
  path(words: readonly string[]): EditPath;
} {
  const width = reference.length + 1;
  let filled: readonly string[] = [];
  let costs = new Int32Array(width);
  let moves = new Uint8Array(width);
  for (let column = 0; column < width; column++) {
    costs[column] = column;
    moves[column] = insert;
  }

  function fill(words: readonly string[]): void {
    let row = 0;
    const sameLength = words.length === filled.length;
    // Beam and last row depend on the length, so only texts of the same length share rows.
    while (sameLength && row < words.length && words[row] === filled[row]) row++;
    if (sameLength && row === words.length) return;
    if (costs.length !== (words.length + 1) * width) {
      const grown = new Int32Array((words.length + 1) * width);
      grown.set(costs.subarray(0, width));
      costs = grown;
      const grownMoves = new Uint8Array((words.length + 1) * width);
      grownMoves.set(moves.subarray(0, width));
      moves = grownMoves;
    }
    const ratio = words.length > 0 ? reference.length / words.length : 1;
    const reach = beam < ratio / 2 ? Math.ceil(ratio / 2 + beam) : beam;
    for (let at = row + 1; at <= words.length; at++) fillRow(words, at, ratio, reach);
    filled = [...words];
  }

  function fillRow(words: readonly string[], row: number, ratio: number, reach: number): void {
    const here = row * width;
    const above = here - width;
    costs.fill(endless, here, here + width);
    const diagonal = Math.floor(row * ratio);
    const from = Math.max(0, diagonal - reach);
    const to = row === words.length ? width : Math.min(width, diagonal + reach);
    for (let column = from; column < to; column++) {
      if (column === 0) {
        costs[here] = (costs[above] ?? 0) + 1;
        moves[here] = remove;
        continue;
      }
      const same = words[row - 1] === reference[column - 1];
      let cost = (costs[above + column - 1] ?? 0) + (same ? 0 : 1);
      let move = same ? keep : replace;
      const deleted = (costs[above + column] ?? 0) + 1;
      if (deleted < cost) {
        cost = deleted;
        move = remove;
      }
      const inserted = (costs[here + column - 1] ?? 0) + 1;
      if (inserted < cost) {
        cost = inserted;
        move = insert;
      }
      costs[here + column] = cost;
      moves[here + column] = move;
    }
  }

  return {
    cost: words => {
      fill(words);
      return costs[words.length * width + reference.length] ?? 0;
    },
    path: words => {
      fill(words);
      const path: EditStep[] = [];
      let row = words.length;
      let column = reference.length;
      while (row > 0 || column > 0) {
        const move = moves[row * width + column] ?? keep;
        path.push(steps[move] ?? 'keep');
        if (move !== insert) row--;
        if (move !== remove) column--;
      }
      return { cost: costs[words.length * width + reference.length] ?? 0, path: path.reverse() };
    },
  };
}
