import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli, type CliRun } from './runCli.ts';

const hidden = '\u{200B}';
const python = `import client

SYSTEM_PROMPT = """You are a${hidden} helper. Answer {{question}} for {name}.
Return JSON only.
Reply in plain text."""
`;

interface Answer {
  readonly files: number;
  readonly prompts: number;
  readonly fixed: number;
  readonly findings: readonly { readonly file: string; readonly rule: string }[];
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
}

describe('prompt-refiner lint', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cli-lint-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (files: Readonly<Record<string, string | Uint8Array>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const lint = (...words: string[]): Promise<CliRun> => runCli(['lint', ...words], { cwd: folder });
  const json = async (...words: string[]): Promise<Answer> =>
    (await lint(...words, '--json')).json() as Answer;

  it('prints file, line, column, rule and sentence, and exits with 1', async () => {
    write({ 'src/agent.py': python });
    const run = await lint('src');
    assert.equal(run.exitCode, 1, run.err);
    assert.deepEqual(
      run.out.split('\n').map(line => line.split(' ').slice(0, 2).join(' ')),
      [
        'src/agent.py:3:29 invisible-character',
        'src/agent.py:3:63 mixed-dialects',
        'src/agent.py:5:1 contradictory-format',
        '',
      ],
    );
    assert.equal(run.err, '3 findings in 1 prompt of 1 file.\n');
  });

  it('exits with 0 where nothing looks wrong, and says where there is no prompt', async () => {
    write({ 'good.md': 'Sort the ticket.\n', 'code.ts': 'export const limit = 3;\n' });
    const good = await lint('good.md');
    assert.deepEqual([good.exitCode, good.out], [0, '']);
    assert.equal(good.err, 'Nothing looks wrong in 1 prompt of 1 file.\n');
    const none = await lint('code.ts');
    assert.deepEqual([none.exitCode, none.err], [0, 'No prompt was found in 1 file.\n']);
  });

  it('answers one JSON object whose places an editor can take', async () => {
    write({ 'agent.py': python.replaceAll('\n', '\r\n') });
    const run = await lint('agent.py', '--json', '--rules', 'invisible-character');
    assert.equal(run.exitCode, 1);
    assert.deepEqual(run.json(), {
      schema: 1,
      verb: 'lint',
      exitCode: 1,
      files: 1,
      prompts: 1,
      findings: [
        {
          file: 'agent.py',
          line: 3,
          column: 29,
          endLine: 3,
          endColumn: 30,
          rule: 'invisible-character',
          message: 'Here is a zero-width space (U+200B) that nobody sees.',
          fix: 'Remove it',
        },
      ],
      fixed: 0,
      skipped: [],
    });
  });

  it('leaves out what git ignores, packages, results and prose that is no prompt', async () => {
    write({
      '.git/HEAD': '',
      '.gitignore': 'made/\n*.tmp.py\n!keep.tmp.py\n/deep/one.py\n',
      'agent.py': python,
      'made/agent.py': python,
      'a.tmp.py': python,
      'keep.tmp.py': python,
      'deep/one.py': python,
      'deep/two.py': python,
      'deep/.gitignore': 'three.py\n',
      'deep/three.py': python,
      'node_modules/x/agent.py': python,
      'dist/agent.py': python,
      '.prompts/triage/1.md': `a${hidden}b`,
      'README.md': `a${hidden}b c`,
      'prompts/triage.md': `a${hidden}b c`,
      '.github/triage.prompt.md': `a${hidden}b c`,
    });
    if (process.platform !== 'win32') symlinkSync('agent.py', join(folder, 'link.py'));
    const files = (answer: Answer) => [...new Set(answer.findings.map(each => each.file))];
    assert.deepEqual(files(await json('.')), [
      '.github/triage.prompt.md',
      'agent.py',
      'deep/two.py',
      'keep.tmp.py',
      'prompts/triage.md',
    ]);
    assert.deepEqual(files(await json('deep')), ['deep/two.py'], 'rules of folders above count');
    assert.deepEqual(files(await json('made/agent.py')), ['made/agent.py'], 'what is named counts');
  });

  it('looks at texts that .prompts knows, whatever they are called', async () => {
    const text = `You sort tickets.${hidden} Answer with one word.`;
    write({ 'p.md': text, 'agent.ts': `export const greeting = ${JSON.stringify(text)};\n` });
    assert.equal((await json('agent.ts')).prompts, 0);
    const refined = await runCli(['refine', 'p.md', '--write', '--model', 'demo:optimizer'], {
      cwd: folder,
    });
    assert.equal(refined.exitCode, 0, refined.err);
    assert.equal((await json('agent.ts')).prompts, 1);
  });

  it('repairs what needs no judgement with --fix, and nothing else', async () => {
    const prose = `\ufeffOne\u{A0}two.\r\nReturn JSON only.\r\nReply in plain text.\r\n`;
    write({ 'agent.py': python, 'p.md': prose });
    const run = await lint('.', 'p.md', '--fix');
    assert.equal(run.exitCode, 1, 'what needs a person is still found');
    assert.match(run.err, /2 findings were repaired/);
    assert.doesNotMatch(run.out, /invisible-character/);
    assert.equal(readFileSync(join(folder, 'agent.py'), 'utf8'), python.replace(hidden, ''));
    assert.equal(readFileSync(join(folder, 'p.md'), 'utf8'), prose.replace('\u{A0}', ' '));
    const again = await json('.', 'p.md', '--fix');
    assert.equal(again.fixed, 0);
  });

  it('does not write into a read-only file, and leaves a generated one as it is', async function () {
    if (process.platform === 'win32') this.skip();
    write({ 'agent.py': python, 'made.py': `# Code generated by x. DO NOT EDIT.\n${python}` });
    chmodSync(join(folder, 'agent.py'), 0o444);
    const run = await lint('agent.py', '--fix');
    assert.equal(run.exitCode, 2);
    assert.match(run.err, /agent\.py.*cannot be written \(read-only\)/);
    assert.equal((await json('made.py', '--fix')).fixed, 0);
    for (const name of ['agent.py', 'made.py']) {
      assert.ok(readFileSync(join(folder, name), 'utf8').includes(hidden));
    }
  });

  it('measures a prompt against what the chosen model reads', async () => {
    write({ 'long.md': 'Read the ticket with care. '.repeat(1_500) });
    const run = await lint('long.md', '--model', 'openai:gpt-4');
    assert.match(run.out, /too-long .* 8192 that openai:gpt-4 reads/);
    assert.equal((await lint('long.md', '--model', 'openai:gpt-4.1')).exitCode, 0);
    assert.equal((await lint('long.md', '--model', 'openai:nobody')).exitCode, 0);
  });

  it('goes on behind files that it cannot read, and names them', async () => {
    write({
      'a.py': new Uint8Array([0x50, 0xff, 0xfe, 0x00]),
      'b.json': '{"system": "You are a helper who answers',
      'c.yaml': 'system: |\n\tYou are a helper\n  who - : answers in words\n',
      'd.py': 'PROMPT = """You are a helper who answers {x}\n',
      'e.ts': 'const prompt = `You are a ${helper who answers`;\n',
      'f.py': python,
      'g.md': '',
      'h.py': `PROMPT = "${'word '.repeat(1_000_001)}"\n`,
    });
    const answer = await json('.');
    assert.deepEqual(
      answer.skipped.map(each => each.file),
      ['a.py', 'h.py'],
    );
    assert.match(answer.skipped[0]?.why ?? '', /cannot be read as UTF-8/);
    assert.match(answer.skipped[1]?.why ?? '', /longer than 5 million characters/);
    assert.equal(answer.findings.filter(each => each.file === 'f.py').length, 3);
  });

  const wrongUses: readonly [string, readonly string[], RegExp][] = [
    ['no path', [], /missing required argument 'paths'/],
    ['a path that is not there', ['nowhere'], /no file or folder nowhere; check/],
    ['a language without rules', ['main.go'], /no rules for main\.go.*Python/],
    ['an unknown rule', ['.', '--rules', 'secrets'], /no rule "secrets"; there are .*secret,/],
    ['a named file that is no text', ['bytes.py'], /bytes\.py: this is not UTF-8/],
  ];
  for (const [what, words, sentence] of wrongUses) {
    it(`exits with 2 and one sentence for ${what}`, async () => {
      write({ 'main.go': 'package main\n', 'bytes.py': new Uint8Array([0xff, 0xfe]) });
      const run = await lint(...words);
      assert.equal(run.exitCode, 2);
      assert.match(run.err, sentence);
      assert.equal(existsSync(join(folder, '.prompts')), false);
    });
  }
});
