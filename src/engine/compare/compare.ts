import type { Comparison } from '../core/comparison.ts';
import type { MetricLookup } from '../core/metric.ts';
import type { Measurement, PromptVersion } from '../core/version.ts';
import { metricTable } from './metricTable.ts';
import { textDiff } from './textDiff.ts';

/** A version with everything that was measured of it. */
export interface MeasuredVersion {
  readonly version: PromptVersion;
  readonly measurements: readonly Measurement[];
}

/** The word diff of each component and the metric table of two versions. */
export function compare(
  left: MeasuredVersion,
  right: MeasuredVersion,
  metricNamed: MetricLookup,
): Comparison {
  const before = left.version.prompt;
  const after = right.version.prompt;
  return {
    left: left.version,
    right: right.version,
    system: textDiff(before.system, after.system),
    output: textDiff(before.output, after.output),
    rows: metricTable(left.measurements, right.measurements, metricNamed),
  };
}
