import { ScoringError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import type { OutsideScorer } from '../core/outside.ts';
import type { Score } from '../core/score.ts';
import { quoted } from './feedback.ts';
import { meanValue } from './mean.ts';

/**
 * `custom` and `command`: a score that code of the workspace gives. It answers a number 0..1, true
 * or false, or `{ score, reason }`, of which the reason becomes the feedback.
 */
export function outsideMetric(name: string, description: string, scorer: OutsideScorer): Metric {
  return {
    name,
    description,
    needs: 'nothing',
    check: signal => scorer.check(signal),
    score: async (output, { inputs, expected, references, line }, signal) => {
      const row = {
        inputs,
        line,
        ...(expected === undefined ? {} : { expected }),
        ...(references === undefined ? {} : { references }),
      };
      return verdictIn(await scorer.score({ output, row }, signal), name);
    },
    aggregate: meanValue,
  };
}

/** Reads what the code answered. Throws `ScoringError` for anything that is no score. */
export function verdictIn(verdict: unknown, metric: string): Score {
  if (typeof verdict === 'object' && verdict !== null && 'score' in verdict) {
    const { value } = verdictIn(verdict.score, metric);
    const reason = 'reason' in verdict ? verdict.reason : undefined;
    return typeof reason === 'string' && reason !== '' ? { value, feedback: reason } : { value };
  }
  const value = typeof verdict === 'boolean' ? Number(verdict) : verdict;
  if (typeof value === 'number' && value >= 0 && value <= 1) return { value };
  const said = verdict === undefined ? 'nothing' : quoted(JSON.stringify(verdict));
  throw new ScoringError(
    `${metric} answered ${said}; it has to be a number from 0 to 1, true or false, or {"score": …, "reason": …}.`,
  );
}
