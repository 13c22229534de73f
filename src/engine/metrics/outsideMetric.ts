import { ScoringError } from '../core/errors.ts';
import type { Example } from '../core/example.ts';
import type { Metric } from '../core/metric.ts';
import type { OutsideScorer, ScoringRequest } from '../core/outside.ts';
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
    score: async (output, example, signal) =>
      verdictIn(await scorer.score({ output, row: rowOf(example) }, signal), name),
    aggregate: meanValue,
  };
}

function rowOf(example: Example): ScoringRequest['row'] {
  const { inputs, expected, references, labels, messages, context, line } = example;
  return {
    inputs,
    line,
    ...(expected === undefined ? {} : { expected }),
    ...(references === undefined ? {} : { references }),
    ...(labels === undefined ? {} : { labels }),
    ...(messages === undefined ? {} : { messages }),
    ...(context === undefined ? {} : { context }),
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
