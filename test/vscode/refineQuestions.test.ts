import assert from 'node:assert/strict';
import { commands } from 'vscode';
import {
  prompt,
  promptFile,
  refinedText,
  refinementScheme as scheme,
} from './support/refinement.ts';
import { seatForRefining } from './support/seat.ts';
import { diffTab, findDiff, opened, until, written } from './support/window.ts';

describe('the questions of the personalized technique', () => {
  const person = seatForRefining();

  const open = (question: RegExp) =>
    until(`the question ${String(question)}`, () => {
      const list = person.openList();
      return list && question.test(list.title ?? '') && list;
    });
  const acceptMarked = () =>
    commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  const goBack = () => commands.executeCommand('workbench.action.quickInputBack');
  const escape = () => commands.executeCommand('workbench.action.closeQuickOpen');

  async function ask(
    name: string,
  ): Promise<{ document: { getText(): string }; done: Thenable<unknown> }> {
    const { document } = await opened(await written(name, promptFile), { selected: prompt });
    person.willPick('Personalized');
    person.willPick('1 candidate');
    return { document, done: commands.executeCommand('promptRefiner.refineWith') };
  }

  it('come one a step, can be gone back to and skipped, and shape the text', async () => {
    const { done } = await ask('asked.py');
    const first = await open(/Who reads/);
    assert.deepEqual([first.step, first.buttons.length], [1, 0]);
    first.value = 'nurses on a night shift';
    await until('the typed answer', () => first.items[0]?.label === 'nurses on a night shift');
    await acceptMarked();
    const second = await open(/^(?!Who reads)/);
    assert.equal(second.step, 2);
    await goBack();
    const again = await open(/Who reads/);
    assert.equal(again.value, 'nurses on a night shift', 'the answer is still there');
    await acceptMarked();
    for (;;) {
      const list = await until(
        'a question or the diff',
        () => person.openList() ?? (findDiff(scheme) && 'diff'),
      );
      if (list === 'diff') break;
      if ((list.title ?? '').includes('Who reads')) continue;
      const skip = list.items.find(({ label }) => label.includes('Skip'));
      assert.ok(skip);
      list.activeItems = [skip];
      await until('the marked line', () => list.activeItems[0] === skip);
      const { title } = list;
      await acceptMarked();
      await until('the next step', () => person.openList()?.title !== title);
    }
    await done;
    await diffTab(scheme);
    assert.match(await refinedText(), /nurses on a night shift/);
    assert.deepEqual(person.messages, []);
  });

  it('end everything with Escape: nothing was written', async () => {
    const { document, done } = await ask('escaped-question.py');
    await open(/Who reads/);
    await escape();
    await done;
    assert.equal(findDiff(scheme), undefined);
    assert.equal(document.getText(), promptFile);
    assert.deepEqual(person.messages, []);
  });
});
