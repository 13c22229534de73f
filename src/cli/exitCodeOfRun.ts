import type { RunResult } from '../report/runResult.ts';
import { judgedScore } from '../report/runFacts.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { FollowedRun } from './followRun.ts';

/** The exit code of a run's own end; where that is "done", what it reached decides. */
export function exitCodeOfRun(
  run: Pick<FollowedRun, 'exitCode' | 'state'>,
  { target, header }: Pick<RunResult, 'target' | 'header'>,
): ExitCode {
  if (run.exitCode !== exitCodes.done) return run.exitCode;
  // An evaluation in which no row could be scored has answered nothing.
  const empty = header.kind === 'evaluate' && !judgedScore(run.state)?.count;
  return target?.reached === false || empty ? exitCodes.below : exitCodes.done;
}
