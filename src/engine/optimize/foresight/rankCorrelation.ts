/** Standard normal quantile at 0.8: one-sided 80 %. */
const z80 = 0.8416212335729143;

/**
 * Spearman's rank correlation, average ranks for ties, with the lower end of its one-sided 80 %
 * interval by Fisher's z and the variance (1 + r²/2) / (n − 3) of Bonett and Wright (2000).
 * Undefined for fewer than four pairs, or where a side is constant.
 */
export function rankCorrelation(
  left: readonly number[],
  right: readonly number[],
): { readonly correlation: number; readonly low: number } | undefined {
  const count = left.length;
  if (count < 4) return undefined;
  const [a, b] = [ranks(left), ranks(right)];
  const middle = (count + 1) / 2;
  let [both, lefts, rights] = [0, 0, 0];
  for (let at = 0; at < count; at++) {
    const x = (a[at] ?? 0) - middle;
    const y = (b[at] ?? 0) - middle;
    both += x * y;
    lefts += x * x;
    rights += y * y;
  }
  if (lefts === 0 || rights === 0) return undefined;
  const correlation = both / Math.sqrt(lefts * rights);
  const width = z80 * Math.sqrt((1 + correlation ** 2 / 2) / (count - 3));
  // Fisher's z is infinite at 1: a perfect order is as good as one just below it.
  const bounded = Math.max(-0.999999, Math.min(0.999999, correlation));
  return { correlation, low: Math.tanh(Math.atanh(bounded) - width) };
}

function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((x, y) => (values[x] ?? 0) - (values[y] ?? 0));
  const found: number[] = [];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (const at of order.slice(from, to)) found[at] = (from + 1 + to) / 2;
    from = to;
  }
  return found;
}
