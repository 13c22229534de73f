import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refinedAnswer, startEditingServer, type EditingServer } from './editingServer.ts';
import { runCli, type CliRun } from './runCli.ts';

const words = 'Sort the ticket into one of the teams and answer with its name';
const german =
  'Sortiere das Ticket in eines der Teams und antworte mit dem Namen, der zu dem Ticket passt, und mit nichts sonst.';

describe('prompt-refiner refine FILE:LINE --write and what can go wrong', () => {
  let folder: string;
  let server: EditingServer;
  before(async () => (server = await startEditingServer()));
  after(() => server.close());
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'refine-bad-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const refine = (place: string, ...more: string[]): Promise<CliRun> => {
    const address = ['--model', 'openai:editor', '--base-url', server.url];
    return runCli(['refine', place, '--write', ...address, ...more], { cwd: folder });
  };
  const write = (name: string, source: string): void => writeFileSync(join(folder, name), source);
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  /** Sources that are left as they are, each with its sentence; `calls` are paid before it is known. */
  const untouched: Readonly<
    Record<string, readonly [file: string, source: string, line: number, RegExp, calls?: number]>
  > = {
    'a string without an end': ['a.py', `P = "${words}\n`, 1, /no end|no string/],
    'a template without an end': ['a.ts', `const p = \`${words} \${`, 1, /no end|no string/],
    'a generated file': ['a.py', `# @generated\nP = "${words}"\n`, 2, /a program made it/],
    'bytes in place of text': ['a.py', `P = b"${words}"\n`, 1, /bytes literal/],
    'a line without a string': ['a.py', `LIMIT = 3\nP = "${words}"\n`, 1, /has no string/],
    'a line that is not there': [
      'a.py',
      `P = "${words}"\n`,
      9,
      /has 1 lines?, so there is no line 9/,
    ],
    'YAML with a tab in its indentation': ['a.yaml', `p: |\n\t${words}\nq: 1\n`, 2, /./],
  };
  for (const [what, [file, source, line, sentence, calls = 0]] of Object.entries(untouched)) {
    it(`leaves ${what} as it is, and asks no model`, async () => {
      server.answer(prompt => refinedAnswer(`Please: ${prompt}`));
      write(file, source);
      const run = await refine(`${file}:${line}`);
      assert.equal(run.exitCode, 2, run.out + run.err);
      assert.match(run.err, sentence);
      assert.match(run.err, /^[^\n]+\n$/, 'one sentence');
      assert.equal(read(file), source);
      assert.equal(server.asked(), calls);
    });
  }

  it('leaves a read-only file as it is, and asks no model', async function () {
    if (process.platform === 'win32') this.skip();
    server.answer(prompt => refinedAnswer(`Please: ${prompt}`));
    write('a.py', `P = "${words}"\n`);
    chmodSync(join(folder, 'a.py'), 0o444);
    const run = await refine('a.py:1');
    assert.equal(run.exitCode, 2);
    assert.match(run.err, /a\.py: this file is read-only/);
    assert.equal(server.asked(), 0);
  });

  /** Sources that are edited in place: what the file holds afterwards. */
  const edited: Readonly<
    Record<string, readonly [file: string, source: string, line: number, wanted: string]>
  > = {
    'a byte order mark and CRLF': [
      'a.py',
      `\ufeffX = 1\r\nP = """${words}.\r\nBe brief."""\r\n`,
      2,
      `\ufeffX = 1\r\nP = """Say "so".\r\n${words}.\r\nBe brief."""\r\n`,
    ],
    'an f-string whose expression holds quotes': [
      'a.py',
      `P = f"${words}: {row['team']}"\n`,
      1,
      `P = f"Say \\"so\\".\\n${words}: {row['team']}"\n`,
    ],
    'text from right to left': [
      'a.py',
      'P = "מיין את הכרטיס לאחד הצוותים ⁦{x}⁩ וענה בשמו"\n',
      1,
      'P = "Say \\"so\\".\\nמיין את הכרטיס לאחד הצוותים ⁦{x}⁩ וענה בשמו"\n',
    ],
    'characters beyond the first plane': [
      'a.json',
      `{"p": "${words} \\ud83d\\ude00 😀"}\n`,
      1,
      `{"p": "Say \\"so\\".\\n${words} \\ud83d\\ude00 😀"}\n`,
    ],
    'a sum of strings': [
      'a.js',
      `const p =\n  '${words}.\\n' +\n  'Be brief.';\n`,
      2,
      `const p =\n  'Say "so".\\n' +\n  '${words}.\\n' +\n  'Be brief.';\n`,
    ],
    'one part of a sum': [
      'a.py',
      `P = "${words}: " + ticket\n`,
      1,
      `P = "Say \\"so\\".\\n${words}: " + ticket\n`,
    ],
    'a list that is joined': [
      'a.py',
      `P = "\\n".join(["${words}.", "Be brief."])\n`,
      1,
      `P = "\\n".join(["Say \\"so\\".\\n${words}.", "Be brief."])\n`,
    ],
  };
  for (const [what, [file, source, line, wanted]] of Object.entries(edited)) {
    it(`edits ${what} in place`, async () => {
      server.answer(prompt => refinedAnswer(`Say "so".\n${prompt}`));
      write(file, source);
      const run = await refine(`${file}:${line}`);
      assert.equal(run.exitCode, 0, run.out + run.err);
      assert.equal(read(file), wanted);
    });
  }

  it('prints the text and what could hold it where a raw string cannot hold a quote', async () => {
    server.answer(prompt => refinedAnswer(`Say "so" and \\d.\n${prompt}`));
    const source = `P = r"${words} \\d"\n`;
    write('a.py', source);
    const run = await refine('a.py:1');
    assert.equal(run.exitCode, 1, run.err);
    assert.match(run.out, /^Say "so" and \\d\.\nSort the ticket/);
    assert.match(run.err, /was left as it is: .*Use triple quotes: """Say "so"/s);
    assert.equal(read('a.py'), source);
  });

  it('edits a prompt in a file of five megabytes', async function () {
    this.timeout(120_000);
    server.answer(prompt => refinedAnswer(`Please: ${prompt}`));
    const rest = 'X = {"a": [1, 2, 3], "b": "some text"}\n'.repeat(130_000);
    write('a.py', `P = "${words}"\n${rest}`);
    const run = await refine('a.py:1');
    assert.equal(run.exitCode, 0, run.err);
    assert.equal(read('a.py'), `P = "Please: ${words}"\n${rest}`);
  });

  const inFences = (text: string): string => `\`\`\`\n${text}\n\`\`\``;
  /** Answers that are refused, each with the guard that the person is told of. */
  const refused: Readonly<
    Record<string, readonly [(prompt: string) => string, guard: string, finish?: string]>
  > = {
    'blank tags': [() => refinedAnswer(' \n'), 'complete'],
    'half of it': [prompt => `<refined_prompt>\n${prompt.slice(0, 30)}`, 'complete'],
    'as much as it may': [
      prompt => `<refined_prompt>\n${prompt.slice(0, 30)}`,
      'complete',
      'length',
    ],
    'an answer without tags': [() => 'The ticket belongs to billing.', 'complete'],
    'an answer in tags': [() => refinedAnswer('Billing {ticket}'), 'rewrite-not-answer'],
    'another language': [() => refinedAnswer(`${german}\n{ticket}`), 'language'],
    'a text without its placeholder': [() => refinedAnswer(`${words}.`), 'placeholders'],
  };
  for (const [what, [answer, guard, finish]] of Object.entries(refused)) {
    it(`refuses a model that answers ${what}, names the guard, and leaves the file as it is`, async () => {
      const before = `${words} to you, and to the person that is in the team.`;
      const source = `P = "${before}\\n{ticket}"\n`;
      write('a.py', source);
      server.answer(answer, finish);
      const run = await refine('a.py:1');
      assert.equal(run.exitCode, 1, run.out + run.err);
      assert.match(run.err, new RegExp(`Refused by [a-z, -]*${guard}`));
      assert.equal(server.asked(), 2, 'asked once more, never repaired in silence');
      assert.equal(read('a.py'), source);
      const { error } = (await refine('a.py:1', '--json')).json() as {
        error: { code: string; broken: { guard: string; message: string }[] };
      };
      assert.equal(error.code, 'guard');
      assert.ok(error.broken.some(each => each.guard === guard && each.message !== ''));
    });
  }

  it('says so where a model answers nothing at all, and leaves the file as it is', async () => {
    write('a.py', `P = "${words}"\n`);
    server.answer(() => '');
    const run = await refine('a.py:1');
    assert.equal(run.exitCode, 3);
    assert.match(run.err, /^The model at http:\S+ gave an empty answer\.\n$/);
    assert.equal(read('a.py'), `P = "${words}"\n`);
  });

  it('takes the text out of fences that a model put around its answer', async () => {
    write('a.py', `P = "${words}"\n`);
    server.answer(prompt => inFences(refinedAnswer(inFences(`Please: ${prompt}`))));
    const run = await refine('a.py:1');
    assert.equal(run.exitCode, 0, run.err);
    assert.equal(read('a.py'), `P = "Please: ${words}"\n`);
  });
});
