import { RequestError } from '../core/errors.ts';
import type { Metric, MetricLookup } from '../core/metric.ts';
import { withUsage, type Score } from '../core/score.ts';
import { joinedUsage } from '../core/usage.ts';

/** A metric with its share of the sum. */
interface Part {
  readonly weight: number;
  readonly metric: Metric;
}

/**
 * `sum`: metrics weighted against each other, `0.7 accuracy; 0.3 rougeL`. Weights are divided by
 * their sum; parts count on the engine's scale, 0..1 and higher is better, so that an error rate
 * pulls in the right direction. Throws `RequestError` for a sum that cannot be read.
 */
export function weightedSumMetric(name: string, text: string, metricNamed: MetricLookup): Metric {
  const parts = partsIn(text, metricNamed);
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  const weighted = (valueOf: (metric: Metric, at: number) => number): number =>
    parts.reduce((sum, { metric, weight }, at) => sum + weight * valueOf(metric, at), 0) / whole;
  const judges = parts.flatMap(({ metric }) => metric.judges ?? []);
  const read = new WeakMap<Score, readonly Score[]>();

  function scoresIn(score: Score): readonly Score[] {
    let scores = read.get(score);
    // Read once: an interval asks for the same row thousands of times.
    if (!scores) read.set(score, (scores = parts.map((_, at) => partIn(score, at, name))));
    return scores;
  }

  return {
    name,
    description: `Weighted sum of ${parts.map(({ metric }) => metric.name).join(', ')}, 0 to 1.`,
    needs: parts.some(({ metric }) => metric.needs === 'expected') ? 'expected' : 'nothing',
    ...(judges.length > 0 ? { judges } : {}),
    ...(parts.some(({ metric }) => metric.needsPrice) ? { needsPrice: true } : {}),
    check: async signal => {
      for (const { metric } of parts) await metric.check?.(signal);
    },
    score: async (output, example, signal, facts) => {
      const scores: Score[] = [];
      for (const { metric } of parts) {
        try {
          scores.push(await metric.score(output, example, signal, facts));
        } catch (error) {
          throw withUsage(error, scores);
        }
      }
      const feedback = scores
        .map((score, at) =>
          score.feedback ? `${parts[at]?.metric.name ?? ''}: ${score.feedback}` : '',
        )
        .filter(sentence => sentence !== '')
        .join(' ');
      const statistic = Object.fromEntries(
        scores.map(({ value, statistic }, at) => [
          `part${at + 1}`,
          JSON.stringify({ value, ...(statistic ? { statistic } : {}) }),
        ]),
      );
      const value = weighted((_, at) => scores[at]?.value ?? 0);
      const used = scores.flatMap(({ usage }) => usage ?? []);
      return {
        value,
        statistic,
        ...(feedback === '' ? {} : { feedback }),
        ...(used.length > 0 ? { usage: used.reduce(joinedUsage) } : {}),
      };
    },
    aggregate: scores => {
      const columns = scores.map(scoresIn);
      return weighted((metric, at) =>
        metric.aggregate(columns.map(row => row[at]).filter(score => score !== undefined)),
      );
    },
  };
}

function partsIn(text: string, metricNamed: MetricLookup): Part[] {
  const parts = text.split(';').map(part => part.trim());
  return parts.map(part => {
    const [, weight, metric] = /^(\d+(?:\.\d+)?|\.\d+)\s+(\S.*)$/su.exec(part) ?? [];
    if (weight === undefined || metric === undefined || Number(weight) === 0) {
      throw new RequestError(
        `"${part}" is no part of a sum. Write a weight and a metric for each: sum:of=0.7 accuracy; 0.3 rougeL.`,
      );
    }
    return { weight: Number(weight), metric: metricNamed(metric) };
  });
}

function partIn(score: Score, at: number, metric: string): Score {
  const text = score.statistic?.[`part${at + 1}`];
  if (typeof text !== 'string') {
    throw new TypeError(`This score was not made by ${metric}: it holds no part ${at + 1}.`);
  }
  return JSON.parse(text) as Score;
}
