import assert from 'node:assert/strict';
import { commands, Range, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';
import type { Person, ShownMessage } from './person.ts';
import { diffTab, until } from './window.ts';

/** Scheme of both sides of a refinement's diff. */
export const refinementScheme = 'prompt-refinement';

/** A prompt that the demo's model knows how to improve. */
export const prompt =
  'You sort support tickets.\nAnswer with one of: billing, shipping, returns\n\nTicket: {{ticket}}';

/** A Python file around it. */
export const promptFile = `limit = 3\ntriage = """${prompt}"""\n`;

/** Runs Refine Prompt where the cursor is. */
export const refine = () => commands.executeCommand('promptRefiner.refine');

/** Accepts the refinement of the tab in front. */
export const acceptRefinement = () => commands.executeCommand('promptRefiner.acceptRefinement');

/** Accepts the first refinement that is open, wherever its tab is. */
export async function acceptOpenRefinement(): Promise<void> {
  const { input } = await diffTab(refinementScheme);
  await commands.executeCommand('promptRefiner.acceptRefinement', input.modified);
}

/** The right side of the open diff. */
export async function refinedText(): Promise<string> {
  return (await refinedDocument()).getText();
}

/** Types on the right side of the open diff. */
export async function typeIntoRefined(before: string, after: string): Promise<void> {
  const document = await refinedDocument();
  const text = document.getText();
  assert.ok(text.includes(before), text);
  const edit = new WorkspaceEdit();
  const all = new Range(document.positionAt(0), document.positionAt(text.length));
  edit.replace(
    document.uri,
    all,
    text.replace(before, () => after),
  );
  assert.ok(await workspace.applyEdit(edit));
}

/** Types into a document before the first place of a text. */
export async function insertBefore(
  document: TextDocument,
  text: string,
  added: string,
): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(document.getText().indexOf(text)), added);
  await workspace.applyEdit(edit);
}

/** The newest message, once there is one. */
export async function lastMessage({ messages }: Person): Promise<ShownMessage> {
  return until('a message', () => messages.at(-1));
}

async function refinedDocument(): Promise<TextDocument> {
  return workspace.openTextDocument((await diffTab(refinementScheme)).input.modified);
}
