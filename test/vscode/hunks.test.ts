import assert from 'node:assert/strict';
import { commands, Range, Selection, window, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';
import { seatForRefining } from './support/seat.ts';
import { diffTab, findDiff, namesBelow, opened, textOf, until, written } from './support/window.ts';

const scheme = 'prompt-refinement';
const lines = [
  'You sort support tickets.',
  'Be brief.',
  'Answer with one of: billing, shipping, returns',
  'Never guess.',
  'Ticket: {{ticket}}',
];
const prompt = lines.join('\n');
const file = `triage = """${prompt}"""\n`;
const refinedLines = lines.with(0, 'You sort tickets fast.').with(2, 'Answer with one word.');

describe('deciding change by change', () => {
  const person = seatForRefining();
  let document: TextDocument;

  /** A refinement of which the person rewrote two lines: two changes that do not touch. */
  async function reviewOf(name: string): Promise<void> {
    ({ document } = await opened(await written(`${name}.py`, file), { selected: prompt }));
    await commands.executeCommand('promptRefiner.refine');
    const refined = await refinedDocument();
    const edit = new WorkspaceEdit();
    edit.replace(refined.uri, new Range(0, 0, refined.lineCount, 0), refinedLines.join('\n'));
    await workspace.applyEdit(edit);
    putCursor(0);
  }

  async function refinedDocument(): Promise<TextDocument> {
    return workspace.openTextDocument((await diffTab(scheme)).input.modified);
  }

  function putCursor(line: number): void {
    const editor = window.activeTextEditor;
    assert.equal(editor?.document.uri.authority, 'refined');
    editor.selection = new Selection(line, 0, line, 0);
  }

  const acceptHunk = () => commands.executeCommand('promptRefiner.acceptHunk');
  const discardHunk = () => commands.executeCommand('promptRefiner.discardHunk');

  it('writes nothing before the last change is decided, then what was accepted as one undo step', async () => {
    await reviewOf('hunks');
    putCursor(2);
    await acceptHunk();
    assert.equal(document.getText(), file);
    const original = await workspace.openTextDocument((await diffTab(scheme)).input.original);
    const half = lines.with(2, 'Answer with one word.').join('\n');
    await until('the accepted change on the left', () => original.getText() === half);
    await discardHunk();
    assert.equal(document.getText(), file.replace(prompt, half));
    assert.equal(findDiff(scheme), undefined);
    await until('the version', async () =>
      (await namesBelow('.prompts/hunks-triage')).includes('v2.md'),
    );
    assert.equal((await textOf('.prompts/hunks-triage/v2.md')).trim(), half);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), file);
  });

  it('closes without a trace where every change is discarded', async () => {
    await reviewOf('dropped');
    await discardHunk();
    assert.equal(
      (await refinedDocument()).getText(),
      lines.with(2, 'Answer with one word.').join('\n'),
    );
    await discardHunk();
    assert.equal(findDiff(scheme), undefined);
    assert.equal(document.getText(), file);
    assert.deepEqual(await namesBelow('.prompts/dropped-triage'), []);
  });

  it('accepts the rest at once after some changes were discarded', async () => {
    await reviewOf('rest');
    await discardHunk();
    await commands.executeCommand('promptRefiner.acceptRefinement');
    assert.equal(
      document.getText(),
      file.replace(prompt, lines.with(2, 'Answer with one word.').join('\n')),
    );
  });

  it('asks what becomes of accepted changes when the rest is discarded', async () => {
    await reviewOf('asked');
    await acceptHunk();
    person.willClick('Write what I accepted');
    await commands.executeCommand('promptRefiner.discardRefinement');
    assert.match(person.messages[0]?.text ?? '', /not in your file yet/);
    assert.equal(
      document.getText(),
      file.replace(prompt, lines.with(0, 'You sort tickets fast.').join('\n')),
    );
  });
});
