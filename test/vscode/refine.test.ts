import assert from 'node:assert/strict';
import { commands, Position, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import {
  acceptRefinement as accept,
  lastMessage,
  prompt,
  promptFile as file,
  refine,
  refinedText,
  refinementScheme as scheme,
} from './support/refinement.ts';
import { seatForRefining } from './support/seat.ts';
import {
  closeEverything,
  diffTab,
  findDiff,
  namesBelow,
  opened,
  textOf,
  until,
  written,
} from './support/window.ts';

describe('Refine Prompt', () => {
  const person = seatForRefining();

  it('shows the selection and its refinement in VS Code’s diff editor, as Markdown', async () => {
    await opened(await written('shown.py', file), { selected: prompt });
    await refine();
    const { input, label } = await diffTab(scheme);
    const original = await workspace.openTextDocument(input.original);
    const refined = await workspace.openTextDocument(input.modified);
    assert.equal(label, 'shown.py: yours ↔ refined');
    assert.equal(original.getText(), prompt);
    assert.notEqual(refined.getText(), prompt);
    assert.match(refined.getText(), /\{\{ticket\}\}/);
    assert.deepEqual([original.languageId, refined.languageId], ['markdown', 'markdown']);
  });

  it('changes nothing before it is accepted, and nothing when it is discarded', async () => {
    const { document } = await opened(await written('discarded.py', file), { selected: prompt });
    await refine();
    await diffTab(scheme);
    assert.equal(document.getText(), file);
    await commands.executeCommand('promptRefiner.discardRefinement');
    assert.equal(findDiff(scheme), undefined);
    assert.equal(document.getText(), file);
  });

  it('is discarded when its diff is closed', async () => {
    await opened(await written('closed.py', file), { selected: prompt });
    await refine();
    await window.tabGroups.close(await diffTab(scheme));
    await accept();
    assert.match((await lastMessage(person)).text, /No refinement is open/);
  });

  it('writes an accepted refinement as one undo step', async () => {
    const { document } = await opened(await written('accepted.py', file), { selected: prompt });
    await refine();
    const refined = await refinedText();
    await accept();
    assert.equal(document.getText(), file.replace(prompt, refined));
    assert.equal(findDiff(scheme), undefined);
    await commands.executeCommand('undo');
    assert.equal(document.getText(), file);
  });

  it('keeps the original and the accepted text as versions', async () => {
    const own = prompt.replace('support', 'shop');
    const uri = await written('kept.txt', own);
    await opened(uri, { selected: own });
    await refine();
    const refined = await refinedText();
    await accept();
    const message = await until('the news', () =>
      person.messages.find(({ text }) => text.includes('v2 in .prompts')),
    );
    assert.deepEqual(message.buttons, ['Compare']);
    assert.equal((await textOf('.prompts/kept/v1.md')).trim(), own);
    assert.equal((await textOf('.prompts/kept/v2.md')).trim(), refined);
  });

  it('follows a text that moved, when it reads as it did', async () => {
    const { document } = await opened(await written('moved.py', file), { selected: prompt });
    await refine();
    const refined = await refinedText();
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(0, 0), '# A new first line\n');
    await workspace.applyEdit(edit);
    await accept();
    assert.equal(document.getText(), `# A new first line\n${file.replace(prompt, refined)}`);
  });

  it('refines again with an instruction, on the same diff', async () => {
    await opened(await written('again.py', file), { selected: prompt });
    await refine();
    const first = await refinedText();
    person.willPick('A new instruction');
    person.willType('Answer in JSON');
    await commands.executeCommand('promptRefiner.refineAgain');
    const { input } = await diffTab(scheme);
    const document = await workspace.openTextDocument(input.modified);
    await until('a new text', () => document.getText() !== first);
  });

  it('takes the prompt around the cursor where nothing is selected', async () => {
    await opened(await written('cursor.py', file), { at: 'Answer with' });
    await refine();
    const { input } = await diffTab(scheme);
    assert.equal((await workspace.openTextDocument(input.original)).getText(), prompt);
  });

  it('says so where the file is empty, and where no editor is open', async () => {
    await opened(await written('empty.md', ''));
    await refine();
    assert.match((await lastMessage(person)).text, /This document is empty/);
    await closeEverything();
    await refine();
    assert.match((await lastMessage(person)).text, /No text editor is open/);
  });

  it('works in a document that was never saved', async () => {
    const untitled = await workspace.openTextDocument({ language: 'plaintext', content: prompt });
    await opened(untitled, { selected: prompt });
    await refine();
    const refined = await refinedText();
    await accept();
    assert.equal(untitled.getText(), refined);
  });

  it('does not write into a saved version', async () => {
    const kept = (await namesBelow('.prompts')).find(name => name === 'kept');
    assert.ok(kept, 'an earlier test saves versions');
    const { workspaceFolders } = workspace;
    assert.ok(workspaceFolders?.[0]);
    const uri = Uri.joinPath(workspaceFolders[0].uri, '.prompts/kept/v1.md');
    const { document } = await opened(uri, { selected: 'Ticket: {{ticket}}' });
    const before = document.getText();
    person.willClick('Refine to copy');
    await refine();
    await diffTab(scheme);
    await accept();
    assert.match((await lastMessage(person)).text, /a saved version is never changed/);
    assert.equal(document.getText(), before);
  });
});
