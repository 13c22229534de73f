import { RequestError } from './errors.ts';
import type { Split } from './example.ts';

/** Parts of 1 of the rows that go to each split. */
export type Shares = Readonly<Record<Split, number>>;

/** Shares where the person says nothing (design notes, section 3.4): 35 % train, 25 % validation, 40 % test. */
export const usualShares: Shares = { train: 0.35, validation: 0.25, test: 0.4 };

const order: readonly Split[] = ['train', 'validation', 'test'];
const tolerance = 1e-9;

/** What is wrong with shares, if anything: a search learns, chooses and is judged by some rows each. */
export function sharesProblem(shares: Shares): string | undefined {
  const sum = order.reduce((total, split) => total + shares[split], 0);
  if (order.every(split => shares[split] > 0) && Math.abs(sum - 1) < tolerance) return undefined;
  return `The shares of train, validation and test are ${formatShares(shares)}, but they must be three numbers above 0 that add up to 100, such as 50/25/25.`;
}

/** Reads `50/25/25`: percent of the rows for train, validation and test. Throws a `RequestError`. */
export function parseShares(text: string): Shares {
  const parts = text.split('/').map(part => part.trim().replace(/\s*%$/, ''));
  const [train = NaN, validation = NaN, test = NaN, ...more] = parts.map(part =>
    /^(?:\d+\.?\d*|\.\d+)$/.test(part) ? Number(part) / 100 : NaN,
  );
  if (more.length > 0 || Number.isNaN(train + validation + test)) {
    throw new RequestError(
      `The shares are "${text}", but they take three numbers for train, validation and test that add up to 100, such as 50/25/25.`,
    );
  }
  const shares = { train, validation, test };
  const problem = sharesProblem(shares);
  if (problem !== undefined) throw new RequestError(problem);
  return shares;
}

/** The shares as `parseShares` reads them. */
export function formatShares(shares: Shares): string {
  return order.map(split => String(Math.round(shares[split] * 1e8) / 1e6)).join('/');
}
