import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSource } from '../../src/cli/refineSource.ts';
import { textWithRefined, writeBack } from '../../src/cli/writeBack.ts';

const code = `LIMIT = 3
PROMPT = """Sort the ticket into one of the teams.

Ticket: {ticket}"""
SHORT = "no prompt"
`;

describe('the place of a prompt to be refined', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'refine-source-'));
    writeFileSync(join(folder, 'agent.py'), code);
    writeFileSync(join(folder, 'agent.go'), 'const p = "Sort the ticket."');
    writeFileSync(join(folder, 'prompt.md'), 'Sort the ticket.\r\n\r\nBe brief.\r\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const textAt = async (place: string): Promise<string> =>
    (await readFileSource(place, folder)).prompt;

  it('is the whole file where it is prose', async () => {
    assert.equal(await textAt('prompt.md'), 'Sort the ticket.\r\n\r\nBe brief.\r\n');
  });

  it('is the string on the line, or the one that the line stands in', async () => {
    const wanted = 'Sort the ticket into one of the teams.\n\nTicket: {ticket}';
    assert.equal(await textAt('agent.py:2'), wanted);
    assert.equal(await textAt('agent.py:3'), wanted);
  });

  it('has a name that tells the prompts of one file apart', async () => {
    assert.equal((await readFileSource('agent.py:3', folder)).promptName, 'agent.line-2');
  });

  it('may be a file with a colon in its name', async () => {
    writeFileSync(join(folder, 'odd:12'), 'Sort.');
    assert.equal(await textAt('odd:12'), 'Sort.');
  });

  const refusals: readonly [string, RegExp][] = [
    ['agent.py', /agent\.py is code; name the line/],
    ['agent.py:1', /agent\.py:1 has no string/],
    ['agent.go:1', /no rules for \.go files/],
    ['agent.py:0', /so there is no line 0/],
    ['agent.py:6', /has 5 lines, so there is no line 6/],
    ['nowhere.md', /no file nowhere\.md/],
    ['nowhere.md:3', /no file nowhere\.md/],
    ['.', /this is a folder/],
  ];
  for (const [place, sentence] of refusals) {
    it(`is refused with a sentence for ${place}`, async () => {
      await assert.rejects(readFileSource(place, folder), sentence);
    });
  }

  it('is refused where the file is no UTF-8 text or holds nothing', async () => {
    writeFileSync(join(folder, 'latin1.md'), Buffer.from([0x53, 0xe4, 0x74]));
    writeFileSync(join(folder, 'blank.md'), ' \n');
    await assert.rejects(readFileSource('latin1.md', folder), /not UTF-8 text/);
    await assert.rejects(readFileSource('blank.md', folder), /blank\.md is empty/);
  });

  it('takes the refined text and leaves everything around it alone', async () => {
    const source = await readFileSource('agent.py:2', folder);
    await writeBack(source, await textWithRefined(source, 'Sort well. Ticket: {ticket}'));
    assert.equal(
      readFileSync(join(folder, 'agent.py'), 'utf8'),
      'LIMIT = 3\nPROMPT = """Sort well. Ticket: {ticket}"""\nSHORT = "no prompt"\n',
    );
  });

  it('escapes what would end its string early', async () => {
    const source = await readFileSource('agent.py:2', folder);
    const { next } = await textWithRefined(source, 'Never say """. Ticket: {ticket}');
    assert.ok(next.includes('Never say ""\\". Ticket: {ticket}'), next);
  });

  it('leaves the file alone where its string cannot hold the text, and shows what could', async () => {
    writeFileSync(join(folder, 'raw.py'), 'PROMPT = r"Sort the ticket by \\w+"\n');
    const source = await readFileSource('raw.py:1', folder);
    await assert.rejects(
      textWithRefined(source, 'Say "yes" to \\w+ and \'no\'.'),
      /raw\.py was left as it is: .+ What could hold it: .+/,
    );
  });

  it('is found again where the file was changed around it, and merged where other lines changed', async () => {
    const source = await readFileSource('agent.py:2', folder);
    writeFileSync(join(folder, 'agent.py'), `# moved\n${code.replace('Ticket: {', 'Text: {')}`);
    const { next } = await textWithRefined(source, 'Sort the ticket well.\n\nTicket: {ticket}');
    assert.match(next, /^# moved\nLIMIT = 3\nPROMPT = """Sort the ticket well\.\n\nText: /);
  });

  it('is left alone where the same lines were changed in the meantime', async () => {
    const source = await readFileSource('agent.py:2', folder);
    writeFileSync(join(folder, 'agent.py'), code.replace('one of the teams', 'a team'));
    await assert.rejects(
      textWithRefined(source, 'Sort well.\nTicket: {ticket}'),
      /was changed in the meantime/,
    );
  });

  it('is left alone where the file was changed in the meantime', async () => {
    const source = await readFileSource('prompt.md', folder);
    writeFileSync(join(folder, 'prompt.md'), 'Other words.');
    await assert.rejects(textWithRefined(source, 'refined'), /was changed in the meantime/);
    assert.equal(readFileSync(join(folder, 'prompt.md'), 'utf8'), 'Other words.');
  });

  it('keeps the rights of the file and the link that leads to it', async () => {
    chmodSync(join(folder, 'prompt.md'), 0o600);
    symlinkSync('prompt.md', join(folder, 'link.md'));
    const source = await readFileSource('link.md', folder);
    await writeBack(source, await textWithRefined(source, 'refined'));
    assert.ok(lstatSync(join(folder, 'link.md')).isSymbolicLink());
    assert.equal(readFileSync(join(folder, 'prompt.md'), 'utf8'), 'refined');
    assert.equal(statSync(join(folder, 'prompt.md')).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder).sort(), ['agent.go', 'agent.py', 'link.md', 'prompt.md']);
  });
});
