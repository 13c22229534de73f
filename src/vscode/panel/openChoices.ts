import { commands as vscodeCommands, workspace, window } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import type { PromptChoice } from '../../panel/messages.ts';
import { commands } from '../ids.ts';
import { fileUri } from './promptChoice.ts';

/** Shows the chosen prompt: the version, the file, or the selected text as a new document. */
export async function openPrompt(
  folder: WorkspaceFolder,
  choice: PromptChoice | undefined,
): Promise<void> {
  switch (choice?.kind) {
    case undefined:
      return;
    case 'version':
      await vscodeCommands.executeCommand(commands.openVersion, choice);
      return;
    case 'file':
      await vscodeCommands.executeCommand('vscode.open', fileUri(folder, choice.path));
      return;
    case 'selection': {
      const document = await workspace.openTextDocument({
        language: 'markdown',
        content: choice.text,
      });
      await window.showTextDocument(document, { preview: true });
    }
  }
}

/** Shows the chosen dataset as VS Code shows such a file. */
export async function openDataset(folder: WorkspaceFolder, path: string): Promise<void> {
  if (path !== '') await vscodeCommands.executeCommand('vscode.open', fileUri(folder, path));
}
