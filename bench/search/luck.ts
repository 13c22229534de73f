import { hashedFraction } from '../../src/engine/core/random.ts';

/** A standard normal number of a text, the same every time (Box and Muller, two hashed uniforms). */
export function normalOf(text: string): number {
  const radius = Math.sqrt(-2 * Math.log(hashedFraction(text, 1) + 2 ** -33));
  return radius * Math.cos(2 * Math.PI * hashedFraction(text, 2));
}

/** Standard normal distribution (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
export function cumulative(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
  return z >= 0 ? 1 - upper : upper;
}
