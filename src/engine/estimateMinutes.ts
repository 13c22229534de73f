import type { Role } from './core/usage.ts';
import { forecastOf } from './forecast.ts';
import type { Forecast } from './verbs.ts';

/** How long an answer of one model takes. */
export interface Pace {
  /** Milliseconds. */
  readonly ms: Forecast;
  /** Answers that it was measured on; 0 where it is assumed. */
  readonly answers: number;
}

/** What is assumed of a model that no run of the workspace has asked yet, in milliseconds. */
const assumed: Readonly<Record<Role, Forecast>> = {
  task: { low: 800, likely: 2_000, high: 6_000 },
  optimizer: { low: 4_000, likely: 12_000, high: 40_000 },
  judge: { low: 800, likely: 2_500, high: 8_000 },
};

/** The pace of a model that was never measured. */
export function assumedPace(role: Role): Pace {
  return { ms: assumed[role], answers: 0 };
}

/** The pace that a few answers showed, where no run has measured more of them. */
export function probedPace(
  pace: Pace,
  probe: { readonly rows: number; readonly milliseconds: number } | undefined,
): Pace {
  if (!probe || probe.milliseconds <= 0 || pace.answers > probe.rows) return pace;
  const { milliseconds: ms, rows: answers } = probe;
  return { ms: { low: 0.6 * ms, likely: ms, high: 2.5 * ms }, answers };
}

/** What takes time in a run. */
export interface Work {
  readonly calls: Readonly<Record<Role, Forecast>>;
  /** Steps that wait for each other: a step that has fewer rows than places leaves some empty. */
  readonly steps: Forecast;
  readonly paces: Readonly<Record<Role, Pace>>;
  readonly concurrency: number;
}

/**
 * Minutes from calls × latency ÷ concurrency, no less than one latency a step; the optimizer model is
 * asked one at a time. A judge answers after the task model, in the same places. Waits that a rate
 * limit brings are not in it: nobody knows them before.
 */
export function minutesOf({ calls, steps, paces, concurrency }: Work): Forecast {
  return forecastOf(bound => {
    const spread = (role: 'task' | 'judge'): number => {
      const count = calls[role][bound];
      const rounds = count === 0 ? 0 : Math.max(Math.ceil(count / concurrency), steps[bound]);
      return rounds * paces[role].ms[bound];
    };
    const asked = calls.optimizer[bound] * paces.optimizer.ms[bound];
    return (spread('task') + spread('judge') + asked) / 60_000;
  });
}
