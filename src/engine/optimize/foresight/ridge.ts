/** Sums that a ridge regression is solved from: XᵀWX by rows, and XᵀWy. */
export interface RidgeSums {
  readonly size: number;
  readonly squares: Float64Array;
  readonly products: Float64Array;
}

/** Sums over no example, for so many numbers an example. */
export function noSums(size: number): RidgeSums {
  return { size, squares: new Float64Array(size * size), products: new Float64Array(size) };
}

/** The sums with one example more, `weight` times. The given sums stay as they are. */
export function withExample(
  { size, squares, products }: RidgeSums,
  numbers: readonly number[],
  target: number,
  weight: number,
): RidgeSums {
  const more = { size, squares: squares.slice(), products: products.slice() };
  for (let row = 0; row < size; row++) {
    const left = (numbers[row] ?? 0) * weight;
    more.products[row] = (more.products[row] ?? 0) + left * target;
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      more.squares[at] = (more.squares[at] ?? 0) + left * (numbers[column] ?? 0);
    }
  }
  return more;
}

/** The sums as if every example had counted `share` times as much. */
export function fadedSums({ size, squares, products }: RidgeSums, share: number): RidgeSums {
  return {
    size,
    squares: squares.map(value => value * share),
    products: products.map(value => value * share),
  };
}

/**
 * Ridge coefficients (XᵀWX + λI)⁻¹ XᵀWy (Hoerl and Kennard 1970), which is the posterior mean of a
 * linear model with a normal prior around 0; by Cholesky, which a λ above 0 keeps from failing.
 */
export function ridgeCoefficients({ size, squares, products }: RidgeSums, lambda: number) {
  const lower = new Float64Array(size * size);
  const at = (row: number, column: number): number => lower[row * size + column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = (squares[row * size + column] ?? 0) + (row === column ? lambda : 0);
      for (let k = 0; k < column; k++) sum -= at(row, k) * at(column, k);
      lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / at(column, column);
    }
  }
  const solved = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = products[row] ?? 0;
    for (let k = 0; k < row; k++) sum -= at(row, k) * (solved[k] ?? 0);
    solved[row] = sum / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = solved[row] ?? 0;
    for (let k = row + 1; k < size; k++) sum -= at(k, row) * (solved[k] ?? 0);
    solved[row] = sum / at(row, row);
  }
  return solved;
}
