import { commands as vscodeCommands } from 'vscode';
import type { LogOutputChannel } from 'vscode';
import { CancelledError, EngineError, ProviderError } from '../engine/index.ts';
import { remedyButton } from '../panel/remedies.ts';
import { commands } from './ids.ts';
import { offer } from './offer.ts';
import { takeRemedy } from './remedies.ts';

/**
 * Tells the person what went wrong: an `EngineError` in its own sentence with its remedy as a
 * button, anything else as a short message with the way to the log. Cancelling says nothing.
 *
 * @param retry what `Try again` does; without it that button is left out
 */
export function notify(error: unknown, log: LogOutputChannel, retry?: () => unknown): void {
  if (isCancelled(error)) return;
  if (error instanceof EngineError) notifyPlainly(error, log, retry);
  else notifyDefect(error, log);
}

/** Runs what a command does, and tells the person where it fails. */
export async function guarded(
  log: LogOutputChannel,
  action: () => Promise<void> | void,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    notify(error, log, () => guarded(log, action));
  }
}

/** Whether this is the person's own wish and no failure. */
export function isCancelled(error: unknown): boolean {
  return error instanceof CancelledError || (error instanceof Error && error.name === 'AbortError');
}

function notifyPlainly(error: EngineError, log: LogOutputChannel, retry?: () => unknown): void {
  const { code, message } = error;
  // What a model or server failed at once may go well the next time.
  const remedy = error.remedy ?? (error instanceof ProviderError ? 'retry' : undefined);
  log.warn(remedy ? `${code}, offered: ${remedy}` : code);
  const step = remedy === 'retry' ? retry : remedy && (() => takeRemedy(remedy, error));
  offer('error', message, remedy && step ? { [remedyButton(remedy).label]: step } : {});
}

function notifyDefect(error: unknown, log: LogOutputChannel): void {
  log.error(`unexpected ${shapeOf(error)}`);
  offer('error', 'Prompt Refiner met an error of its own. The log says where it happened.', {
    'Show log': () => vscodeCommands.executeCommand(commands.showLog),
  });
}

// A message may quote a prompt, a row or a key; the name and the places in our code may not.
function shapeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 8)].join('\n');
}
