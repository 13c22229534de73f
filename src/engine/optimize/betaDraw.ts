import type { Random } from '../core/random.ts';

/** A number drawn from Beta(a, b), a and b at least 1: two gamma numbers' share of their sum. */
export function betaDraw(a: number, b: number, random: Random): number {
  const left = gammaDraw(a, random);
  const right = gammaDraw(b, random);
  return left / (left + right);
}

/** Gamma(shape, 1) for a shape of at least 1 (Marsaglia and Tsang 2000, A Simple Method for Generating Gamma Variables). */
function gammaDraw(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalDraw(random);
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(random() + 2 ** -33) < 0.5 * x ** 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Standard normal (Box and Muller 1958). */
function normalDraw(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(random() + 2 ** -33));
  return radius * Math.cos(2 * Math.PI * random());
}
