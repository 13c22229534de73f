import type { Claim, Spending } from '../engine/index.ts';
import { formatTokens, formatUsd, plural } from './format.ts';

/** What one point of the primary metric has cost. */
export interface CostPerPoint {
  /** Points gained on the test rows, hundredths of the score; above 0. */
  readonly points: number;
  readonly calls: number;
  readonly tokens: number;
  /** Absent where a call had no price. */
  readonly usd?: number;
}

/** What a point gained has cost; undefined where nothing was gained, or nothing was spent. */
export function costPerPoint(
  claim: Pick<Claim, 'difference' | 'verdict'> | undefined,
  { calls, inputTokens, outputTokens, usd, unpriced }: Spending,
): CostPerPoint | undefined {
  const points = 100 * (claim?.difference.value ?? 0);
  if (claim?.verdict !== 'better' || points <= 0 || calls === 0) return undefined;
  return {
    points,
    calls: calls / points,
    tokens: (inputTokens + outputTokens) / points,
    ...(unpriced === 0 ? { usd: usd / points } : {}),
  };
}

/** "Each of the 14.0 points gained cost $0.053, 73 calls and 29k tokens." */
export function costPerPointSentence(cost: CostPerPoint | undefined): string {
  if (!cost) return '';
  const { points, calls, tokens, usd } = cost;
  const money = usd === undefined ? '' : `${formatUsd(usd)}, `;
  return `Each of the ${points.toFixed(1)} points gained cost ${money}${plural(Math.ceil(calls), 'call')} and ${formatTokens(Math.ceil(tokens))} tokens.`;
}
