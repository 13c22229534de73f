import { dash, formatMeasured, formatUsd } from '../../panel/format.ts';
import type { MeasuredVersion } from './knownPrompts.ts';

/**
 * `v3 · accuracy 0.82 [0.75, 0.87] n=120 · $0.90 per 1,000 calls`, or that nothing was measured yet.
 * The cost is "price unknown" without a listed price, and a dash where nobody counted.
 */
export function measuredText({ version, measurement }: MeasuredVersion): string {
  const [name, aggregate] = Object.entries(measurement?.scorecard ?? {})[0] ?? [];
  if (name === undefined || !aggregate || aggregate.count === 0) {
    return `v${version.number} · not measured`;
  }
  const score = `v${version.number} · ${name} ${formatMeasured(aggregate)}`;
  return `${score} · ${costText(measurement?.usage)}`;
}

function costText(usage: NonNullable<MeasuredVersion['measurement']>['usage']): string {
  if (usage && usage.usd === undefined) return 'price unknown';
  const cost = usage?.usd === undefined ? dash : formatUsd((usage.usd / usage.calls) * 1_000);
  return `${cost} per 1,000 calls`;
}
