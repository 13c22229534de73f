import type { GuardMetric, MetricLookup } from '../core/metric.ts';
import type { Rollout } from '../core/rollout.ts';
import type { RunHeader } from '../core/run.ts';
import { guardVerdict, pairedDifference } from '../core/statistics.ts';
import type { GuardResult } from '../core/trial.ts';
import { differenceText, bareName } from './figures.ts';
import { pairRows } from './paired.ts';
import type { PrimaryMetric } from './search.ts';

/** A metric that must not get worse, ready to be asked. */
export interface Guard extends PrimaryMetric, Pick<GuardMetric, 'tolerance'> {}

/** The run's guards, in the order in which they were named. */
export function guardsOf({ guards = [] }: RunHeader, metricNamed: MetricLookup): Guard[] {
  return guards.map(({ metric: name, tolerance }) => ({
    name,
    metric: metricNamed(name),
    tolerance,
  }));
}

/** Each guard's verdict on the rows that both prompts answered; none where there is no such row. */
export function judgeGuards(
  before: ReadonlyMap<string, Rollout>,
  after: ReadonlyMap<string, Rollout>,
  exampleIds: readonly string[],
  guards: readonly Guard[],
  seed: number,
): GuardResult[] {
  return guards.flatMap(guard => {
    const pair = pairRows(before, after, exampleIds, guard);
    if (!pair) return [];
    const difference = pairedDifference(pair.before, pair.after, guard.metric, seed);
    const verdict = guardVerdict(difference, guard.tolerance);
    const { name, tolerance } = guard;
    const sentence = sentenceFor(guard, { verdict, difference });
    return [{ metric: name, tolerance, verdict, difference, sentence }];
  });
}

/** The sentences of the guards that got worse, as one; empty where none did. */
export function worseGuards(results: readonly GuardResult[]): string {
  const worse = results.filter(({ verdict }) => verdict === 'worse');
  return worse.map(({ sentence }) => sentence).join(' ');
}

function sentenceFor(
  { metric, tolerance }: Guard,
  { verdict, difference }: Pick<GuardResult, 'verdict' | 'difference'>,
): string {
  const allowed = tolerance > 0 ? `a loss of ${tolerance} is allowed` : 'no loss is allowed';
  const what = `${differenceText(difference, metric)} on ${difference.count} ${difference.count === 1 ? 'row' : 'rows'}`;
  const name = bareName(metric);
  if (verdict === 'held') return `The guard ${name} held: ${what}; ${allowed}.`;
  if (verdict === 'worse') return `The guard ${name} got worse: ${what}; ${allowed}.`;
  return `The guard ${name} is not known to have held: ${what}; ${allowed}, and the rows are too few to be sure.`;
}
