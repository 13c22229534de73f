import { seededRandom } from '../../src/engine/core/random.ts';
import type { WorldRun } from './ours.ts';
import type { Yardstick } from './oracle.ts';
import { tokensOf } from './statements.ts';

/** What one run is worth, by the oracle. */
export interface Figures {
  readonly seed: number;
  /** Task calls and what the prompt was worth that would have been returned from then on. */
  readonly curve: readonly (readonly [calls: number, value: number])[];
  readonly at: readonly number[];
  readonly final: number;
  readonly area: number;
  /** Task calls to half and to four fifths of what is attainable; infinite where never. */
  readonly to50: number;
  readonly to80: number;
  /** Claimed minus true gain, in points. */
  readonly optimism: number | undefined;
  readonly covered: boolean | undefined;
  readonly verdict: string;
  readonly worse: boolean;
  readonly promptTokens: number;
  readonly run: WorldRun;
}

/** Task calls at which curves are read, as shares of the whole. */
export const shares = [0.0625, 0.125, 0.25, 0.5, 1];

/** Reads a run's curve by the oracle. */
export function figuresOf(
  run: WorldRun,
  yardstick: Yardstick,
  { seed, limit }: { readonly seed: number; readonly limit: number },
): Figures {
  const worth = run.curve.map(({ calls, prompt }) => ({
    calls,
    value: yardstick.normalized(prompt),
  }));
  const last = { calls: limit, value: yardstick.normalized(run.final) };
  const valueAt = (calls: number): number =>
    worth.findLast(point => point.calls <= calls)?.value ?? 0;
  let area = 0;
  for (const [index, point] of worth.entries()) {
    const next = Math.min(limit, worth[index + 1]?.calls ?? limit);
    area += (point.value * Math.max(0, next - point.calls)) / limit;
  }
  const first = (level: number): number =>
    worth.find(point => point.value >= level)?.calls ?? Infinity;
  const gain = yardstick.accuracy(run.final) - yardstick.original;
  const { claimed } = run;
  return {
    seed,
    curve: [...worth, last].map(({ calls, value }) => [calls, value] as const),
    at: shares.map(share => (share === 1 ? last.value : valueAt(share * limit))),
    final: last.value,
    area,
    to50: first(0.5),
    to80: first(0.8),
    optimism: claimed && 100 * (claimed.gain - gain),
    covered: claimed && claimed.low <= gain && gain <= claimed.high,
    verdict: claimed?.verdict ?? 'none',
    worse: gain < -0.01,
    promptTokens: tokensOf(run.final),
    run,
  };
}

/** Mean with a 95 % interval: percentile bootstrap over worlds, 4,000 draws, seeded. */
export function meanWithInterval(values: readonly number[]): string {
  const random = seededRandom(1, 'worlds');
  const mean = (list: readonly number[]): number =>
    list.reduce((sum, each) => sum + each, 0) / list.length;
  const draws = Array.from({ length: 4000 }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const [low, high] = [draws[100] ?? 0, draws[3899] ?? 0];
  return `${mean(values).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** The middle value; infinite values count as the largest. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
