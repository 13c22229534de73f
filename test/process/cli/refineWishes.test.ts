import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refinedAnswer, startEditingServer, type EditingServer } from './editingServer.ts';
import { runCli, type CliRun } from './runCli.ts';

const words = 'Sort the ticket into one of the teams and answer with its name';

describe('prompt-refiner refine and its wishes', () => {
  let folder: string;
  let server: EditingServer;
  before(async () => (server = await startEditingServer()));
  after(() => server.close());
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'refine-wish-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const refine = (place: string, ...more: string[]): Promise<CliRun> => {
    const address = ['--model', 'openai:editor', '--base-url', server.url];
    return runCli(['refine', place, '--write', ...address, ...more], { cwd: folder });
  };
  const write = (name: string, source: string): void => writeFileSync(join(folder, name), source);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('keeps what --lock names byte for byte, and refuses a text that is not there', async () => {
    write('p.md', `${words}.\nNever promise a refund.\n`);
    server.answer(prompt => refinedAnswer(prompt.replace('Sort', 'Please sort')));
    const run = await refine('p.md', '--lock', 'Never promise a refund.');
    assert.equal(run.exitCode, 0, run.err);
    assert.match(read('p.md'), /^Please sort .*\nNever promise a refund\.\n$/);
    server.answer(prompt => refinedAnswer(prompt.replace(/\[\[.*?\]\]/, 'Promise nothing.')));
    const lost = await refine('p.md', '--lock', 'Never promise a refund.');
    assert.equal(lost.exitCode, 1);
    assert.match(lost.err, /Refused by locked-sections/);
    const nowhere = await refine('p.md', '--lock', 'Nothing of the sort');
    assert.equal(nowhere.exitCode, 2);
    assert.match(nowhere.err, /--lock "Nothing of the sort" is not in the prompt/);
  });

  it('asks for as many candidates as were wished, and tells what each costs', async () => {
    write('p.md', `${words}.\n`);
    let turn = 0;
    server.answer(prompt => refinedAnswer(`Rule ${(turn += 1)}: ${prompt}`));
    const run = await refine('p.md', '--candidates', '3', '--technique', 'clarity', 'shorten');
    assert.equal(run.exitCode, 1, 'all are longer, which shorten refuses');
    server.answer(prompt => refinedAnswer(`Rule ${(turn += 1)}: ${prompt}`));
    const kept = await refine('p.md', '--candidates', '3', '--technique', 'clarity');
    assert.equal(kept.exitCode, 0, kept.err);
    assert.equal(server.asked(), 3);
    assert.equal(kept.err.match(/^── \d: \+\d+ tokens? \(estimated\)$/gm)?.length, 3);
  });

  it('gives the answers of the personalized technique to the model, and asks nobody in a pipe', async () => {
    write('p.md', `${words}.\n`);
    let request = '';
    server.answer((prompt, said) => {
      request = said;
      return refinedAnswer(`Please: ${prompt}`);
    });
    const none = await refine('p.md', '--technique', 'personalized');
    assert.equal(none.exitCode, 2);
    assert.match(none.err, /--answer audience=beginners/);
    assert.equal(server.asked(), 0);
    const given = ['--answer', 'audience=new colleagues', 'tone=calm'];
    const run = await refine('p.md', '--technique', 'personalized', ...given);
    assert.equal(run.exitCode, 0, run.err);
    assert.match(request, /audience\nnew colleagues\n\ntone\ncalm/);
  });

  const wrongUses: readonly [string, readonly string[], RegExp][] = [
    ['a technique that is not there', ['--technique', 'magic'], /no technique "magic".*clarity/],
    ['two that contradict', ['--technique', 'minimal-edit', 'structured'], /contradict each other/],
    ['too many candidates', ['--candidates', '6'], /--candidates is "6", but it takes/],
    ['answers to nothing', ['--answer', 'tone=calm'], /--answer belongs to --technique/],
    [
      'an answer without its topic',
      ['--technique', 'personalized', '--answer', 'calm'],
      /--answer is "calm", but it takes TOPIC=TEXT/,
    ],
  ];
  for (const [what, more, sentence] of wrongUses) {
    it(`exits with 2 for ${what}, and asks no model`, async () => {
      write('p.md', `${words}.\n`);
      server.answer(prompt => refinedAnswer(prompt));
      const run = await refine('p.md', ...more);
      assert.equal(run.exitCode, 2, run.out);
      assert.match(run.err, sentence);
      assert.equal(server.asked(), 0);
    });
  }
});
