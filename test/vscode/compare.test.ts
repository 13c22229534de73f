import assert from 'node:assert/strict';
import { commands, TabInputWebview, window, workspace } from 'vscode';
import { sitDown } from './support/person.ts';
import type { Person } from './support/person.ts';
import {
  closeEverything,
  diffTab,
  opened,
  promptRefiner,
  setSetting,
  until,
  written,
} from './support/window.ts';

describe('Compare Prompt Versions', () => {
  let person: Person;

  before(async () => {
    await promptRefiner();
    await setSetting('refineModel', 'demo:optimizer');
    person = sitDown();
    const text = 'You sort letters.\nAnswer with one of: urgent, later\n\nLetter: {{letter}}';
    await opened(await written('letters.txt', text), { selected: text });
    await commands.executeCommand('promptRefiner.refine');
    await diffTab('prompt-refinement');
    await commands.executeCommand('promptRefiner.acceptRefinement');
    await until('two versions', () =>
      person.messages.some(({ text }) => text.includes('letters v2')),
    );
    await closeEverything();
  });
  after(async () => {
    person.leave();
    await closeEverything();
    await setSetting('refineModel', undefined);
  });

  it('opens VS Code’s diff editor on two versions, and the metric table beneath it', async () => {
    for (const answer of ['letters', 'v1', 'v2']) person.willPick(answer);
    await commands.executeCommand('promptRefiner.compareVersions');
    const { label, input } = await diffTab('prompt-version');
    assert.equal(label, 'letters: v1 ↔ v2');
    const left = await workspace.openTextDocument(input.original);
    const right = await workspace.openTextDocument(input.modified);
    assert.match(left.getText(), /^You sort letters\./);
    assert.notEqual(left.getText(), right.getText());
    const table = await until('the table', () => findWebview());
    assert.equal(table.label, 'letters: v1 and v2');
    assert.equal(window.tabGroups.all.length, 2);
  });

  it('shows versions read-only', async () => {
    const { input } = await diffTab('prompt-version');
    assert.equal(workspace.fs.isWritableFileSystem(input.modified.scheme), false);
  });
});

function findWebview() {
  return window.tabGroups.all
    .flatMap(group => group.tabs)
    .find(tab => tab.input instanceof TabInputWebview);
}
