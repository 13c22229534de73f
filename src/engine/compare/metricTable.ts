import type { ComparisonRow } from '../core/comparison.ts';
import { RequestError } from '../core/errors.ts';
import type { Metric, MetricLookup } from '../core/metric.ts';
import type { Score } from '../core/score.ts';
import {
  areRightOrWrong,
  changedRows,
  detectableDifference,
  pairedDifference,
  pairedPValue,
  pairedTest,
} from '../core/statistics.ts';
import type { Measurement } from '../core/version.ts';

/** Seed of the resampling behind an interval: the same two versions always give the same table. */
const seed = 1;

/** The two sides of one row of the table, each the newest measurement of its kind. */
interface Pair {
  readonly metric: string;
  left?: Measurement;
  right?: Measurement;
}

/**
 * One row for each metric, set of rows and task model that either version was measured with,
 * sorted by dataset, split, model and metric. Like is compared with like: the difference is there only where
 * both sides scored exactly the same rows.
 */
export function metricTable(
  left: readonly Measurement[],
  right: readonly Measurement[],
  metricNamed: MetricLookup,
): ComparisonRow[] {
  const pairs = new Map<string, Pair>();
  for (const measurement of oldestFirst(left)) addTo(pairs, measurement, 'left');
  for (const measurement of oldestFirst(right)) addTo(pairs, measurement, 'right');
  return [...pairs]
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([, pair]) => tableRow(pair, metricNamed));
}

function oldestFirst(measurements: readonly Measurement[]): Measurement[] {
  return measurements.toSorted((first, second) => (first.measuredAt < second.measuredAt ? -1 : 1));
}

function addTo(pairs: Map<string, Pair>, measurement: Measurement, side: 'left' | 'right'): void {
  const { datasetFingerprint, split, taskModel } = measurement;
  for (const metric of Object.keys(measurement.scorecard)) {
    const key = JSON.stringify([datasetFingerprint, split, taskModel, metric]);
    const pair = pairs.get(key) ?? { metric };
    pair[side] = measurement;
    pairs.set(key, pair);
  }
}

function tableRow({ metric, left, right }: Pair, metricNamed: MetricLookup): ComparisonRow {
  const facts = left ?? right;
  const sides = { left: left?.scorecard[metric], right: right?.scorecard[metric] };
  const paired = left && right ? pairedFigures(left, right, metric, metricNamed) : undefined;
  return {
    metric,
    datasetName: facts?.datasetName ?? '',
    datasetFingerprint: facts?.datasetFingerprint ?? '',
    split: facts?.split ?? 'all',
    taskModel: facts?.taskModel ?? '',
    ...(sides.left ? { left: sides.left } : {}),
    ...(sides.right ? { right: sides.right } : {}),
    ...paired,
  };
}

function pairedFigures(
  left: Measurement,
  right: Measurement,
  metricName: string,
  metricNamed: MetricLookup,
): Pick<ComparisonRow, 'difference' | 'pValue' | 'test' | 'detectable'> {
  const before = scoredRows(left, metricName);
  const after = scoredRows(right, metricName);
  const ids = [...before.keys()].sort();
  if (ids.length === 0 || ids.length !== after.size) return {};
  if (!ids.every(id => after.has(id))) return {};
  const metric = known(metricName, metricNamed);
  if (!metric) return {};
  const [from, to] = [inOrder(before, ids), inOrder(after, ids)];
  const difference = pairedDifference(from, to, metric, seed);
  const pValue = pairedPValue(from, to, metric, seed);
  const figures = { difference, pValue, test: pairedTest(from, to, metric) };
  const isClear = difference.low > 0 || difference.high < 0;
  if (isClear || !areRightOrWrong(from, metric) || !areRightOrWrong(to, metric)) return figures;
  const { fixed, broken } = changedRows(from, to);
  const churn = Math.min(fixed, broken) / ids.length;
  return { ...figures, detectable: detectableDifference(ids.length, churn) };
}

function scoredRows(measurement: Measurement, metric: string): Map<string, Score> {
  const rows = new Map<string, Score>();
  for (const [id, scores] of Object.entries(measurement.rows)) {
    const score = Object.hasOwn(scores, metric) ? scores[metric] : undefined;
    if (score) rows.set(id, score);
  }
  return rows;
}

function inOrder(rows: ReadonlyMap<string, Score>, ids: readonly string[]): Score[] {
  return ids.map(id => rows.get(id)).filter(score => score !== undefined);
}

/** A metric that this version no longer has keeps its measured values and gets a dash. */
function known(name: string, metricNamed: MetricLookup): Metric | undefined {
  try {
    return metricNamed(name);
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}
