import { formatMeasured } from '../../panel/format.ts';
import type { MeasuredVersion } from './knownPrompts.ts';

/** `v3 · accuracy 0.82 [0.75, 0.87] n=120`, or that nothing was measured yet. */
export function measuredText({ version, measurement }: MeasuredVersion): string {
  const [name, aggregate] = Object.entries(measurement?.scorecard ?? {})[0] ?? [];
  if (name === undefined || !aggregate || aggregate.count === 0) {
    return `v${version.number} · not measured`;
  }
  return `v${version.number} · ${name} ${formatMeasured(aggregate)}`;
}
