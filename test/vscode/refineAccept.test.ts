import assert from 'node:assert/strict';
import { env, Selection, TabInputTextDiff, window, workspace } from 'vscode';
import { seatForRefining } from './support/seat.ts';
import {
  acceptOpenRefinement,
  acceptRefinement,
  insertBefore,
  lastMessage,
  prompt,
  promptFile,
  refine,
  refinedText,
  refinementScheme as scheme,
  typeIntoRefined,
} from './support/refinement.ts';
import { diffTab, findDiff, namesBelow, opened, textOf, until, written } from './support/window.ts';

describe('Accept Refinement', () => {
  const person = seatForRefining();

  it('merges the refinement with what was changed in other lines meanwhile', async () => {
    const own = prompt.replace('You sort', 'You order');
    const source = promptFile.replace(prompt, own);
    const { document } = await opened(await written('merged.py', source), { selected: own });
    await refine();
    const refined = await refinedText();
    await insertBefore(document, 'support', 'urgent ');
    await acceptOpenRefinement();
    const merged = refined.replace('support', 'urgent support');
    assert.equal(document.getText(), promptFile.replace(prompt, merged));
    await until('the merged version', async () => {
      const names = await namesBelow('.prompts/merged-triage');
      return names.includes('v2.md');
    });
    assert.equal((await textOf('.prompts/merged-triage/v2.md')).trim(), merged);
  });

  it('overwrites nothing where the same lines changed: both go into a new document', async () => {
    const { document } = await opened(await written('conflict.py', promptFile), {
      selected: prompt,
    });
    await refine();
    const refined = await refinedText();
    await typeIntoRefined('You sort', 'You quickly sort');
    await insertBefore(document, 'support', 'urgent ');
    const changed = document.getText();
    person.willClick('Copy refined text');
    await acceptOpenRefinement();
    assert.equal(document.getText(), changed);
    assert.match(
      (await lastMessage(person)).text,
      /Nothing was overwritten: the prompt was changed/,
    );
    assert.equal(await env.clipboard.readText(), refined.replace('You sort', 'You quickly sort'));
    assert.ok(findDiff(scheme), 'the refinement is still there');
    const shown = window.activeTextEditor?.document;
    assert.equal(shown?.uri.scheme, 'untitled');
    assert.match(
      shown.getText(),
      /^<<<<<<< refined\nYou quickly sort.*\n=======\nYou sort urgent.*\n>>>>>>> file\n/,
    );
  });

  it('writes what the person made of the refined text, and keeps exactly that', async () => {
    const own = prompt.replace('You sort', 'You label');
    const source = promptFile.replace(prompt, own);
    const { document } = await opened(await written('edited.py', source), { selected: own });
    await refine();
    const edited = (await refinedText()).replace('You label', 'You carefully label');
    await typeIntoRefined('You label', 'You carefully label');
    await acceptRefinement();
    assert.equal(document.getText(), promptFile.replace(prompt, edited));
    assert.equal(findDiff(scheme), undefined);
    await until('two versions', async () =>
      (await namesBelow('.prompts/edited-triage')).includes('v2.md'),
    );
    assert.equal((await textOf('.prompts/edited-triage/v2.md')).trim(), edited);
  });

  it('reads and writes the prompt as the program does, in an f-string with escapes', async () => {
    const line =
      'p = f"Sort \\"{ticket}\\" into {{team}}.\\nAnswer with one of: a, b\\n\\nTicket: {ticket}"';
    const { document } = await opened(await written('escaped.py', `x = 1\n${line}\n`), {
      at: 'Answer',
    });
    await refine();
    const { input } = await diffTab(scheme);
    const original = (await workspace.openTextDocument(input.original)).getText();
    assert.equal(
      original,
      'Sort "{ticket}" into {team}.\nAnswer with one of: a, b\n\nTicket: {ticket}',
    );
    await typeIntoRefined('Sort "', 'Now sort "');
    await acceptRefinement();
    const text = document.getText();
    assert.ok(
      text.startsWith('x = 1\np = f"Now sort \\"{ticket}\\" into {{team}}.\\nAnswer'),
      text,
    );
    assert.equal(text.split('\n').length, 3, 'the string is still one line');
  });

  it('leaves a string alone that cannot hold the text, says why and offers one that can', async () => {
    const source = "p = r'Sort the ticket by \\\\w+ into one of: a, b'\n";
    const { document } = await opened(await written('raw.py', source), { at: 'ticket' });
    await refine();
    await refinedText();
    await typeIntoRefined('Sort', 'Don\'t guess. Say "no". Sort');
    await acceptRefinement();
    assert.equal(document.getText(), source);
    const { text, buttons } = person.messages.at(-1) ?? { text: '', buttons: [] };
    assert.match(text, /Nothing was overwritten: a Python raw string .*cannot hold this text/);
    assert.equal(buttons.at(-1), 'Copy refined text');
    const [other] = buttons;
    assert.ok(other && other !== 'Copy refined text', buttons.join());
    person.willClick(other);
    await acceptRefinement();
    await until('the new literal', () => document.getText() !== source);
    assert.match(document.getText(), /Don/);
  });

  it('refines the prompt at each of several cursors, in a diff of its own', async () => {
    const two = `${promptFile}other = 'You write short replies to customers.'\n`;
    const { document } = await opened(await written('two.py', two));
    const editor = window.activeTextEditor;
    assert.ok(editor);
    const cursorAt = (text: string) => {
      const place = document.positionAt(two.indexOf(text));
      return new Selection(place, place);
    };
    editor.selections = [cursorAt('Answer with'), cursorAt('short replies')];
    await refine();
    const diffs = window.tabGroups.all
      .flatMap(group => group.tabs)
      .filter(({ input }) => input instanceof TabInputTextDiff);
    assert.equal(diffs.length, 2);
    const wanted = [];
    for (const { input } of diffs) {
      assert.ok(input instanceof TabInputTextDiff);
      wanted.push((await workspace.openTextDocument(input.modified)).getText());
    }
    await acceptRefinement();
    await acceptOpenRefinement();
    assert.equal(
      document.getText(),
      promptFile.replace(prompt, wanted[0] ?? '') +
        `other = '${(wanted[1] ?? '').replaceAll('\n', '\\n')}'\n`,
    );
  });

  it('changes nothing when it is cancelled while the model writes', async () => {
    const { document } = await opened(await written('cancelled.py', promptFile), {
      selected: prompt,
    });
    person.willCancel();
    await refine();
    assert.equal(document.getText(), promptFile);
    assert.equal(findDiff(scheme), undefined);
    assert.deepEqual(person.messages, []);
  });
});
