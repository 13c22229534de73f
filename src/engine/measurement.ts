import type { Rollout } from './core/rollout.ts';
import type { Evaluation } from './core/trial.ts';
import type { Usage } from './core/usage.ts';
import type { Measurement } from './core/version.ts';

/** What stands beside a version about one evaluation of it. */
export function measurementOf(
  evaluation: Evaluation,
  facts: Omit<Measurement, 'scorecard' | 'outcomes' | 'rows' | 'split'>,
): Measurement {
  const scored = evaluation.rollouts.filter(rollout => rollout.outcome === 'ok');
  return {
    ...facts,
    split: evaluation.split,
    scorecard: evaluation.scorecard,
    outcomes: evaluation.outcomes,
    ...usageOf(evaluation.rollouts),
    rows: Object.fromEntries(scored.map(rollout => [rollout.exampleId, rollout.scores])),
  };
}

function usageOf(rollouts: readonly Rollout[]): Pick<Measurement, 'usage'> {
  const usages = rollouts.map(rollout => rollout.usage).filter(({ calls }) => calls > 0);
  if (usages.length === 0) return {};
  const sum = (of: (usage: Usage) => number) => usages.reduce((total, each) => total + of(each), 0);
  const isPriced = usages.every(({ usd }) => usd !== undefined);
  return {
    usage: {
      calls: sum(({ calls }) => calls),
      inputTokens: sum(({ inputTokens }) => inputTokens),
      outputTokens: sum(({ outputTokens }) => outputTokens),
      ...(isPriced ? { usd: sum(({ usd = 0 }) => usd) } : {}),
    },
  };
}
