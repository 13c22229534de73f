import {
  CancelledError,
  emptyRun,
  reduce,
  runGate,
  type RunEvent,
  type RunGate,
  type RunState,
} from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import { exitCodeOf, exitCodeOfCode, exitCodes, type ExitCode } from './exitCodes.ts';
import type { CommonFlags } from './flags.ts';
import { pauseWithKey } from './pauseKey.ts';
import { showProgress } from './progress.ts';
import type { Shell } from './shell.ts';

/** How a run was left, whatever ended it. */
export interface FollowedRun {
  readonly state: RunState;
  /** Exit code of the end itself, before any target is looked at. */
  readonly exitCode: ExitCode;
  /** Why it ended, as a sentence. */
  readonly sentence: string;
  readonly errorCode?: string;
  /** The command that goes on with it; absent where there is nothing to go on with. */
  readonly resume?: string;
  readonly milliseconds: number;
}

/**
 * Folds the events of a run and shows its progress. An error before the first event is a wrong
 * request and thrown on; one after it is how the run ended. At a keyboard a key shuts and opens
 * the gate that the run was begun with.
 */
export async function followRun(
  events: AsyncIterable<RunEvent>,
  flags: CommonFlags,
  shell: Shell,
  gate: RunGate = runGate(),
): Promise<FollowedRun> {
  const started = shell.now();
  const progress = showProgress(shell.terminal, shell.now);
  const endKeys = pauseWithKey(shell.terminal, gate, progress.say);
  let state = emptyRun;
  let failure: unknown;
  try {
    for await (const event of events) {
      state = reduce(state, event);
      progress.show(event, state);
    }
  } catch (error) {
    if (!state.header) throw error;
    failure = error;
  } finally {
    endKeys();
    progress.end();
  }
  const end = endOf(state, failure, shell.signal.aborted);
  return {
    state,
    ...end,
    ...(end.exitCode === exitCodes.done ? {} : resumption(state, flags)),
    milliseconds: shell.now() - started,
  };
}

function endOf(
  { ended }: RunState,
  failure: unknown,
  aborted: boolean,
): Pick<FollowedRun, 'exitCode' | 'sentence' | 'errorCode'> {
  if (failure !== undefined) {
    const cancelled = aborted || failure instanceof CancelledError;
    return {
      exitCode: cancelled ? exitCodes.cancelled : exitCodeOf(failure),
      sentence: cancelled
        ? 'Cancelled.'
        : cleanLine(failure instanceof Error ? failure.message : 'Unknown problem.'),
      ...(failure instanceof Error && 'code' in failure ? { errorCode: String(failure.code) } : {}),
    };
  }
  if (!ended) {
    const exitCode = aborted ? exitCodes.cancelled : exitCodes.stopped;
    return { exitCode, sentence: 'The run ended early.' };
  }
  const { errorCode } = ended;
  const sentence = cleanLine(ended.sentence);
  return {
    exitCode: exitCodeOfEnd(ended),
    sentence,
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}

function exitCodeOfEnd({ reason, errorCode }: NonNullable<RunState['ended']>): ExitCode {
  if (reason === 'cancelled') return exitCodes.cancelled;
  if (reason === 'budget') return exitCodes.stopped;
  if (reason !== 'failed') return exitCodes.done;
  return errorCode === undefined ? exitCodes.stopped : exitCodeOfCode(errorCode);
}

/** The command line that goes on with a run, with the flags that are not recorded in it. */
function resumption({ header }: RunState, flags: CommonFlags): { resume?: string } {
  if (!header) return {};
  const words = ['prompt-refiner', header.kind, '--resume', header.runId];
  if (flags.folder !== undefined) words.push('--folder', flags.folder);
  if (flags.baseUrl !== undefined) words.push('--base-url', flags.baseUrl);
  if (flags.cache === false) words.push('--no-cache');
  return { resume: words.map(quoted).join(' ') };
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
