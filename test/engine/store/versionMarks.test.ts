import assert from 'node:assert/strict';
import { memoryFiles } from '../../../src/engine/store/memoryFiles.ts';
import { promptHistory } from '../../../src/engine/store/history.ts';

describe('Names, notes and pins of versions', () => {
  const start = async () => {
    const files = memoryFiles();
    let ids = 0;
    const history = promptHistory(files, {
      now: () => new Date('2026-11-20T12:00:00Z'),
      newId: () => `id${(ids += 1)}`,
    });
    const draft = { promptName: 'triage', origin: 'typed', note: 'typed by hand' } as const;
    await history.save({ ...draft, prompt: { system: 'Sort.', output: '' } });
    await history.save({ ...draft, prompt: { system: 'Sort well.', output: '' } });
    return { files, history, first: { promptName: 'triage', number: 1 } };
  };

  it('are laid over a version, whose own files stay as they are', async () => {
    const { files, history, first } = await start();
    const record = await files.read('.prompts/triage/v1.json');
    await history.mark(first, { label: 'short one', pinned: true });
    const marked = await history.mark(first, { note: 'for the review' });
    assert.deepEqual(
      [marked.label, marked.note, marked.pinned],
      ['short one', 'for the review', true],
    );
    assert.deepEqual((await history.list('triage'))[0], marked);
    assert.equal((await history.list('triage'))[1]?.label, undefined);
    assert.equal(await files.read('.prompts/triage/v1.json'), record);
  });

  it('go away again', async () => {
    const { history, first } = await start();
    await history.mark(first, { label: 'short one', pinned: true });
    const bare = await history.mark(first, { label: '', note: '', pinned: false });
    assert.deepEqual([bare.label, bare.note, bare.pinned], [undefined, undefined, undefined]);
  });

  it('are refused for a version that is not there, and where their file is broken', async () => {
    const { files, history, first } = await start();
    await assert.rejects(history.mark({ ...first, number: 9 }, { pinned: true }), /no version 9/);
    await files.write('.prompts/triage/marks/0001.json', '{"schema":1,"version":1,"pinned":"yes"}');
    await assert.rejects(history.list('triage'), /"pinned" is not a yes\/no/);
    await files.write('.prompts/triage/marks/0001.json', 'no JSON');
    await assert.rejects(history.list('triage'), /not valid JSON/);
  });
});
