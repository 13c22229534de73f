import { EngineError } from '../engine/index.ts';

/** What a script can know from the exit code alone. */
export const exitCodes = {
  /** Done. */
  done: 0,
  /** It ran, but the result is below what was asked: a target was missed, a file was not written. */
  below: 1,
  /** Wrong use or wrong input, or a place that cannot be written. */
  wrongUse: 2,
  /** A provider or the budget stopped it; a run can be gone on with. */
  stopped: 3,
  /** A fault of this program. */
  fault: 70,
  /** Cancelled by the person. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The lines of `--help` that name them. */
export const exitCodesHelp = `Exit codes:
  0    done
  1    it ran, but the result is below what was asked
  2    wrong use or wrong input
  3    stopped by the provider or by the budget; a run can be resumed
  130  cancelled`;

/** The exit code of something thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof EngineError ? exitCodeOfCode(error.code) : exitCodes.fault;
}

/** The exit code of an `EngineError.code`, as an error or the end of a run carries it. */
export function exitCodeOfCode(code: string): ExitCode {
  if (code.startsWith('provider/') || code === 'budget') return exitCodes.stopped;
  if (code === 'cancelled') return exitCodes.cancelled;
  // The model answered, but its text broke a promise: paid work below what was asked.
  if (code === 'guard') return exitCodes.below;
  return exitCodes.wrongUse;
}
