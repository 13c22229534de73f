import { ScoringError } from './errors.ts';
import { joinedUsage, type Usage } from './usage.ts';

/**
 * What a metric says of one output. `value` is 0..1, higher is better; `feedback` is a sentence
 * for the optimizer model; `statistic` is what the corpus value needs of this row (JSON).
 */
export interface Score {
  readonly value: number;
  readonly feedback?: string;
  readonly statistic?: Statistic;
  /** What the calls of a metric that asks a model used. */
  readonly usage?: Usage;
}

/** What the metrics say of an output in words; each named where more than one says something. */
export function feedbackOf(scores: Readonly<Record<string, Score>>): string | undefined {
  const said = Object.entries(scores).flatMap(([metric, { feedback }]) =>
    feedback ? [{ metric, feedback }] : [],
  );
  if (said.length < 2) return said[0]?.feedback;
  return said.map(({ metric, feedback }) => `${metric}: ${feedback}`).join('\n');
}

/** The same error, with what the scores before it have used where it is about this row alone. */
export function withUsage(error: unknown, scores: readonly Score[]): unknown {
  if (!(error instanceof ScoringError)) return error;
  const used = [
    ...scores.flatMap(({ usage }) => usage ?? []),
    ...(error.usage ? [error.usage] : []),
  ];
  return used.length > 0 ? new ScoringError(error.message, used.reduce(joinedUsage)) : error;
}

/** Sufficient statistic of one row: plain JSON, so that it can be stored and resampled. */
export type Statistic = Readonly<Record<string, number | string>>;

/** A corpus value over scored rows, with its 95 % interval and the number of rows. */
export interface Aggregate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** The same on the metric's own scale, where that is another one: 41.3 of BLEU. */
  readonly shown?: Shown;
}

/** Figures on a metric's own scale; `low` is the smaller number, also where lower is better. */
export interface Shown {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly direction: 'higher' | 'lower';
}

/** How many rows ended in which way; only `ok` rows are scored. */
export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/**
 * How one row ended. `refused`: the model or provider declined. `cut`: the answer hit its length
 * limit. `failed`: no answer after retries. `unscored`: the metric could not judge the answer.
 * `not-run`: the run ended first. None of these is ever a score of 0.
 */
export type Outcome = 'ok' | 'refused' | 'cut' | 'failed' | 'unscored' | 'not-run';

/** The same shape, empty. */
export const noOutcomes: OutcomeCounts = {
  ok: 0,
  refused: 0,
  cut: 0,
  failed: 0,
  unscored: 0,
  'not-run': 0,
};
