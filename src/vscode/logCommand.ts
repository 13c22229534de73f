import { commands as vscodeCommands } from 'vscode';
import type { Host } from './host.ts';
import { commands } from './ids.ts';

/** Shows the log. */
export function logCommand({ context, log }: Host): void {
  context.subscriptions.push(
    vscodeCommands.registerCommand(commands.showLog, () => log.show(true)),
  );
}
