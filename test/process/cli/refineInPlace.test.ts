import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCli } from './runCli.ts';

const text =
  'You sort "support" tickets.\nAnswer with one of: billing, shipping\n\nTicket: {ticket}';

describe('prompt-refiner refine FILE:LINE --write', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'refine-in-place-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Refines the prompt at a line, and answers the file and the text that was to be in it. */
  async function refined(file: string, source: string, line: number) {
    writeFileSync(join(folder, file), source);
    const words = ['refine', `${file}:${line}`, '--write', '--json', '--model', 'demo:optimizer'];
    const run = await runCli(words, { cwd: folder });
    assert.equal(run.exitCode, 0, run.err);
    const { before, after } = run.json() as { readonly before: string; readonly after: string };
    assert.notEqual(after, before);
    return { before, after, written: readFileSync(join(folder, file), 'utf8') };
  }

  it('writes a JSON string that reads as the refined text, and nothing else', async () => {
    const source = `{\r\n  "a":   1,\r\n  "system": ${JSON.stringify(text)},\r\n  "b": [ ]\r\n}\r\n`;
    const { before, after, written } = await refined('prompt.json', source, 3);
    assert.equal(before, text);
    assert.equal(written, source.replace(JSON.stringify(text), JSON.stringify(after)));
  });

  it('writes a YAML block in its indentation', async () => {
    const block = text.replace(/^(?=.)/gm, '    ');
    const source = `# settings\nagent:\n  system: |\n${block}\n  model: small # fast\n`;
    const { before, after, written } = await refined('agent.yaml', source, 5);
    assert.equal(before, `${text}\n`);
    assert.deepEqual(parse(written), { agent: { system: after, model: 'small' } });
    assert.ok(written.startsWith('# settings\nagent:\n  system: |\n'));
    assert.ok(written.endsWith('\n  model: small # fast\n'));
  });

  it('writes a Python string that Python reads as the refined text', async function () {
    const spelled = text.replaceAll('"', '\\"').replaceAll('\n', '\\n');
    const source = `SYSTEM = "${spelled}"\nLIMIT = 3\n`;
    const { before, after, written } = await refined('agent.py', source, 1);
    assert.equal(before, text);
    assert.equal(written.split('\n').length, 3);
    try {
      execFileSync('python3', ['--version'], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    const read = 'import agent, sys; sys.stdout.buffer.write(agent.SYSTEM.encode())';
    assert.equal(execFileSync('python3', ['-c', read], { cwd: folder, encoding: 'utf8' }), after);
  });

  it('writes a template that Node reads as the refined text', async () => {
    const source = `export const of = ticket => \`${text.replace('{ticket}', '${ticket}')}\`;\n`;
    const { after, written } = await refined('agent.mjs', source, 2);
    assert.ok(written.includes('${ticket}'));
    const read = "import { of } from './agent.mjs'; process.stdout.write(of('X'))";
    const options = { cwd: folder, encoding: 'utf8' } as const;
    assert.equal(
      execFileSync(process.execPath, ['--input-type=module', '-e', read], options),
      after.replace('${ticket}', 'X'),
    );
  });
});
