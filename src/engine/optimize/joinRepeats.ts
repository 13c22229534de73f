import { flakySpread } from '../core/repeats.ts';
import type { Repeat, Rollout, RolloutJob } from '../core/rollout.ts';
import type { Score, Statistic } from '../core/score.ts';
import { joinedUsage, type Usage } from '../core/usage.ts';

/**
 * Several answers to one row as one rollout, so that the row stays the unit of every statistic. Its
 * scores are means over the answers that have one: an answer without is counted, and is no 0. Where no
 * answer has a score, it ended as the first one did.
 */
export function joinRepeats({ metrics }: RolloutJob, asked: readonly Rollout[]): Rollout {
  const [first] = asked;
  if (!first) throw new Error('A row was asked not even once.');
  const scored = asked.filter(({ outcome }) => outcome === 'ok');
  const shown = scored[0] ?? first;
  const primary = metrics[0] ?? '';
  const values = scored.flatMap(({ scores }) => scores[primary]?.value ?? []);
  const isFlaky = Math.max(...values) - Math.min(...values) > flakySpread;
  const times = asked.flatMap(({ milliseconds }) => milliseconds ?? []);
  return {
    ...shown,
    scores: Object.fromEntries(
      Object.keys(shown.scores).map(name => [
        name,
        joinScores(scored.flatMap(({ scores }) => scores[name] ?? [])),
      ]),
    ),
    usage: joinUsages(asked.map(({ usage }) => usage)),
    ...(times.length > 0 ? { milliseconds: sumOf(times) / times.length } : {}),
    ...joinJudges(asked),
    repeats: asked.map(rollout => repeatOf(rollout, primary)),
    ...(isFlaky ? { flaky: true } : {}),
  };
}

/** An answer that never came has no price, and makes that of the others no less known. */
function joinUsages(usages: readonly Usage[]): Usage {
  const answered = usages.filter(({ calls }) => calls > 0);
  if (answered.length === 0) return usages.reduce(joinedUsage);
  const lost = sumOf(usages.map(({ calls, possiblyPaid = 0 }) => (calls > 0 ? 0 : possiblyPaid)));
  const usage = answered.reduce(joinedUsage);
  return lost === 0 ? usage : { ...usage, possiblyPaid: (usage.possiblyPaid ?? 0) + lost };
}

function repeatOf({ outcome, output, scores, problem, failure }: Rollout, primary: string): Repeat {
  const value = scores[primary]?.value;
  return {
    outcome,
    output,
    ...(value === undefined ? {} : { value }),
    ...(problem === undefined ? {} : { problem }),
    ...(failure === undefined ? {} : { failure }),
  };
}

/**
 * The mean of the values and of what the corpus value is counted from. Labels have no mean: there the
 * answer that was given most often stands for the row, the earlier one of two.
 */
function joinScores(scores: readonly Score[]): Score {
  const usages = scores.flatMap(({ usage }) => usage ?? []);
  const usage = usages.length > 0 ? { usage: usages.reduce(joinedUsage) } : {};
  const statistics = scores.flatMap(({ statistic }): Statistic[] => (statistic ? [statistic] : []));
  const isCounted = statistics.every(each =>
    Object.values(each).every(value => typeof value === 'number'),
  );
  const worst = scores.reduce((low, each) => (each.value < low.value ? each : low));
  if (!isCounted) return { ...mostFrequent(scores), ...usage };
  return {
    value: sumOf(scores.map(({ value }) => value)) / scores.length,
    ...(worst.feedback === undefined ? {} : { feedback: worst.feedback }),
    ...(statistics.length > 0 ? { statistic: meanStatistic(statistics) } : {}),
    ...usage,
  };
}

function meanStatistic(statistics: readonly Statistic[]): Statistic {
  const names = [...new Set(statistics.flatMap(each => Object.keys(each)))];
  const mean = (name: string): number =>
    sumOf(statistics.map(each => Number(each[name] ?? 0))) / statistics.length;
  return Object.fromEntries(names.map(name => [name, mean(name)]));
}

function mostFrequent(scores: readonly Score[]): Score {
  const keyOf = ({ statistic }: Score): string => JSON.stringify(statistic);
  const count = (score: Score): number =>
    scores.filter(other => keyOf(other) === keyOf(score)).length;
  return scores.reduce((best, each) => (count(each) > count(best) ? each : best));
}

function joinJudges(asked: readonly Rollout[]): Pick<Rollout, 'judgeUsage' | 'judgeUsages'> {
  const all = asked.flatMap(({ judgeUsage }) => judgeUsage ?? []);
  if (all.length === 0) return {};
  const byMetric = new Map<string, Usage>();
  for (const [metric, usage] of asked.flatMap(({ judgeUsages = {} }) =>
    Object.entries(judgeUsages),
  )) {
    const known = byMetric.get(metric);
    byMetric.set(metric, known ? joinedUsage(known, usage) : usage);
  }
  return { judgeUsage: all.reduce(joinedUsage), judgeUsages: Object.fromEntries(byMetric) };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
