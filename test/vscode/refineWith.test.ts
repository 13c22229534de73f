import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { scoredVersion } from './support/scores.ts';
import { seatForRefining } from './support/seat.ts';
import {
  acceptRefinement,
  lastMessage,
  prompt,
  promptFile,
  refine,
  refinedText,
  refinementScheme as scheme,
} from './support/refinement.ts';
import { diffTab, findDiff, opened, until, written } from './support/window.ts';

describe('Refine Prompt with Techniques', () => {
  const person = seatForRefining();

  it('refines with the techniques that were chosen, and shows the chosen candidate', async () => {
    await opened(await written('with.py', promptFile), { selected: prompt });
    person.willPick('Clarity');
    person.willPick('2 candidates');
    person.willPick('Candidate 1');
    await commands.executeCommand('promptRefiner.refineWith');
    await diffTab(scheme);
    assert.notEqual(await refinedText(), prompt);
  });

  it('makes a minimal edit of a prompt that has scored versions, and says why', async () => {
    const own = prompt.replace('You sort', 'You grade');
    await opened(await written('graded.py', promptFile.replace(prompt, own)), { selected: own });
    await scoredVersion('graded-triage', own);
    const offered = person.offers();
    await commands.executeCommand('promptRefiner.refineWith');
    const items = await until('the techniques', () => offered[0]);
    assert.deepEqual(
      items.filter(({ picked }) => picked).map(({ label, description }) => [label, description]),
      [['Minimal edit', 'default because this prompt has scored versions']],
    );
    await refine();
    const words = (text: string) => text.split(/\s+/).filter(Boolean);
    const before = new Set(words(own));
    const added = words(await refinedText()).filter(word => !before.has(word));
    assert.ok(added.length <= 8, added.join(' '));
  });

  it('does nothing where the person steps back', async () => {
    await opened(await written('back.py', promptFile), { selected: prompt });
    await commands.executeCommand('promptRefiner.refineWith');
    assert.equal(findDiff(scheme), undefined);
  });

  it('brings a locked section back byte for byte, and says what a lock needs', async () => {
    const locked = 'You sort support tickets.';
    const { document } = await opened(await written('locked.py', promptFile), { selected: locked });
    await commands.executeCommand('promptRefiner.lockSection');
    assert.deepEqual(person.messages, []);
    await opened(document, { at: 'Answer with' });
    await commands.executeCommand('promptRefiner.lockSection');
    assert.match((await lastMessage(person)).text, /Select the part of a prompt/);
    await refine();
    assert.ok((await refinedText()).includes(locked));
    await acceptRefinement();
    assert.ok(document.getText().includes(`"""${locked}`), document.getText());
    await opened(document, { selected: locked });
    await commands.executeCommand('promptRefiner.unlockSection');
  });

  it('refuses a refinement of a prompt that is locked as a whole, before anything is sent', async () => {
    await opened(await written('whole.py', promptFile), { selected: prompt });
    await commands.executeCommand('promptRefiner.lockSection');
    await refine();
    assert.match((await lastMessage(person)).text, /whole text is locked/);
    assert.equal(findDiff(scheme), undefined);
  });

  it('remembers instructions for the next time', async () => {
    await opened(await written('wish.py', promptFile), { selected: prompt });
    await refine();
    const first = await refinedText();
    const again = () => commands.executeCommand('promptRefiner.refineAgain');
    person.willPick('A new instruction');
    person.willType('Answer in JSON, please');
    await again();
    await until('a new text', async () => (await refinedText()) !== first);
    // Where no earlier test gave an instruction, nothing was there to pick from.
    person.picksNothingMore();
    const offered = person.offers();
    person.willPick('Answer in JSON, please');
    await again();
    assert.ok(offered[0]?.some(({ label }) => label === 'Answer in JSON, please'));
    assert.deepEqual(
      person.messages.map(({ text }) => text),
      ['demo:optimizer left the refined text as it was.'],
    );
  });
});
