import { commands as vscodeCommands } from 'vscode';
import type { Host } from './host.ts';
import { commands, walkthrough } from './ids.ts';

/** Opens the Getting Started walkthrough. */
export function walkthroughCommand({ context }: Host): void {
  context.subscriptions.push(
    vscodeCommands.registerCommand(commands.openWalkthrough, () =>
      vscodeCommands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#${walkthrough}`,
        false,
      ),
    ),
  );
}
