import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CancelledError, RequestError, ScoringError } from '../core/errors.ts';
import type { OutsideScorer, ScoringRequest } from '../core/outside.ts';

/** Limits of a command. */
export interface CommandLimits {
  readonly cwd: string;
  /** Milliseconds for one row, start included; 30,000 where absent. */
  readonly taskMs?: number;
  /** Milliseconds without a row after which the command is ended; 10,000 where absent. */
  readonly idleMs?: number;
}

/** Longest line that a command may answer, in UTF-16 units. */
const longestLine = 1_000_000;

/**
 * A command of the workspace that reads one JSON line for each row from its standard input,
 * `{"output":…,"row":…}`, and writes one JSON line with the score to its standard output. It runs
 * in a shell with the person's rights: only for a workspace that they trust. It is ended, with all
 * that it started, where a row takes too long.
 */
export function commandScorer(
  command: string,
  { cwd, taskMs = 30_000, idleMs = 10_000 }: CommandLimits,
): OutsideScorer {
  let running: RunningCommand | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  function end(): void {
    running?.end();
    running = undefined;
  }

  async function perform(request: ScoringRequest, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted) throw new CancelledError();
    clearTimeout(idle);
    running ??= startCommand(command, cwd);
    try {
      return read(command, await running.ask(`${JSON.stringify(request)}\n`, taskMs, signal));
    } catch (error) {
      end();
      throw error;
    } finally {
      idle = setTimeout(end, idleMs);
      idle.unref();
    }
  }

  return {
    // Nothing can be known of a command before it has a row.
    check: async () => {
      if (command.trim() === '') throw new RequestError('Name the command that is to score.');
    },
    score: (request, signal) => {
      const answer = last.then(() => perform(request, signal));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

interface RunningCommand {
  ask(line: string, ms: number, signal?: AbortSignal): Promise<string>;
  end(): void;
}

function startCommand(command: string, cwd: string): RunningCommand {
  // A group of its own, so that what a shell starts ends with it.
  const child = spawn(command, { cwd, shell: true, detached: process.platform !== 'win32' });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-500);
  });
  // A command that ends early breaks the pipe; its end is what is reported.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  return {
    ask: (line, ms, signal) =>
      new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => fail(`took longer than ${ms / 1000} s on this row.`), ms);
        const settle = (): void => {
          clearTimeout(timer);
          lines.removeAllListeners('line');
          child.removeAllListeners('close');
          child.removeAllListeners('error');
          signal?.removeEventListener('abort', onAbort);
        };
        const fail = (what: string): void => {
          settle();
          reject(new ScoringError(`The command "${command}" ${what}`));
        };
        const onAbort = (): void => {
          settle();
          reject(new CancelledError());
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        lines.once('line', answer => {
          settle();
          if (answer.length <= longestLine) resolve(answer);
          else reject(new ScoringError(`The command "${command}" answered too long a line.`));
        });
        child.once('error', error => fail(`could not be started: ${error.message}.`));
        child.once('close', code => {
          const said = errors.trim() === '' ? '' : ` It said: ${errors.trim()}`;
          fail(`ended with code ${code ?? 'none'} before it gave a score.${said}`);
        });
        child.stdin.write(line);
      }),
    end: () => {
      endGroup(child);
      lines.close();
    },
  };
}

function endGroup(child: ChildProcessWithoutNullStreams): void {
  child.removeAllListeners();
  child.on('error', () => undefined);
  if (child.pid === undefined || child.exitCode !== null) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended in the meantime.
  }
}

function read(command: string, line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    const start = line.slice(0, 80);
    throw new ScoringError(`The command "${command}" answered a line that is no JSON: ${start}`);
  }
}
