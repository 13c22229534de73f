import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { runCli, workspaceWith } from './runCli.ts';
import { firstTickets, prompt } from './ticketTask.ts';

const broken = `${firstTickets(30)}T900,"this quote never closes,billing\n`;

describe('datasets on the command line', () => {
  let folder: string;
  let remove: () => void;
  const cli = (...words: string[]) => runCli(words, { cwd: folder });
  const evaluate = (...words: string[]) =>
    cli('evaluate', '--prompt', 'triage.md', '--model', 'demo:task', ...words);

  before(() => {
    ({ folder, remove } = workspaceWith({
      'triage.md': prompt,
      'tickets.csv': firstTickets(30),
      'broken.csv': broken,
      'empty.csv': 'ticket,label\n',
    }));
  });
  after(() => remove());

  it('tells what was read: form, encoding, columns, rows, digest, and each problem', async () => {
    const run = await cli('dataset', 'broken.csv');
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.out, /^broken\.csv \(csv, utf-8\)\n30 rows usable, 1 not, because line 32: /);
    assert.match(run.out, /\nDigest [0-9a-f]{32}\n/);
    assert.match(run.out, /\nlabel +text +30 +0 +\d/);
    assert.match(run.out, /\nRows that cannot be used\n\nline 32: /);
  });

  it('tells a program the same, and exits with 2 where no row can be used', async () => {
    const run = await cli('dataset', 'broken.csv', '--json');
    const { dataset } = run.json() as {
      dataset: { rows: unknown; problems: { line: number }[]; columns: { name: string }[] };
    };
    assert.deepEqual(dataset.rows, { usable: 30, unusable: 1 });
    assert.deepEqual(
      dataset.problems.map(({ line }) => line),
      [32],
    );
    assert.deepEqual(
      dataset.columns.map(({ name }) => name),
      ['id', 'ticket', 'label'],
    );
    const empty = await cli('dataset', 'empty.csv', '--json');
    assert.equal(empty.exitCode, 2);
    assert.equal((empty.json() as { error: { code: string } }).error.code, 'dataset');
  });

  it('reads another encoding where it is named, and refuses a name that nobody knows', async () => {
    const latin = 'ticket,label\nWo ist die Größe?,shipping\n';
    writeFileSync(join(folder, 'latin.csv'), Buffer.from(latin, 'latin1'));
    const unnamed = await cli('dataset', 'latin.csv');
    assert.equal(unnamed.exitCode, 2, unnamed.out);
    const named = await cli('dataset', 'latin.csv', '--encoding', 'windows-1252');
    assert.match(named.out, /Größe/);
    const wrong = await cli('dataset', 'latin.csv', '--encoding', 'klingon');
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.err, /encoding "klingon" is not known/);
  });

  it('keeps the columns of a prompt, and takes them by their names again where that is asked', async () => {
    writeFileSync(join(folder, 'odd.csv'), 'number,words,team\n1,My bill is wrong,billing\n');
    const words = ['--dataset', 'odd.csv', '--metric', 'accuracy', '--name', 'keeper'];
    const first = await evaluate(...words, '--input', 'words', '--target', 'team');
    assert.equal(first.exitCode, 0, first.err);
    const again = await evaluate(...words);
    assert.equal(again.exitCode, 0, again.err);
    assert.match(
      again.err,
      /Columns as kept for keeper: ticket from "words", expected from "team"/,
    );
    const byName = await evaluate(...words, '--columns-by-name');
    assert.equal(byName.exitCode, 2, byName.out);
    assert.match(byName.err, /it is not clear which column/);
    writeFileSync(join(folder, 'odd.csv'), 'ticket,label\nMy bill is wrong,billing\n');
    const changed = await evaluate(...words, '--json');
    assert.equal(changed.exitCode, 0, changed.err);
    assert.match(changed.err, /"words" and "team" are gone; the names of the columns decide again/);
    const { run } = changed.json() as { run: { warnings: { message: string }[] } };
    assert.match(run.warnings[0]?.message ?? '', /kept for keeper do not fit any more/);
    writeFileSync(join(folder, '.prompts', 'keeper', 'columns', '0002.json'), '[]');
    const broken = await evaluate(...words);
    assert.equal(broken.exitCode, 2, broken.out);
    assert.match(broken.err, /columns\/0002\.json: cannot be used: .* Restore the file/);
  });

  it('goes on with the good rows and says how many were not used, and why', async () => {
    const run = await evaluate('--dataset', 'broken.csv', '--metric', 'accuracy', '--json');
    assert.equal(run.exitCode, 0, run.err);
    assert.match(run.err, /30 rows usable, 1 not, because line 32: /);
    const { run: facts } = run.json() as { run: { rows: unknown; unusableRows: number } };
    assert.deepEqual([facts.rows, facts.unusableRows], [{ all: 30 }, 1]);
  });

  it('exports each row in the form that the ending says', async () => {
    const words = ['--dataset', 'tickets.csv', '--metric', 'accuracy', '--metric', 'token_f1'];
    const csv = await evaluate(...words, '--export', 'rows.csv');
    assert.equal(csv.exitCode, 0, csv.err);
    assert.match(csv.out, /\nExport: .*rows\.csv\n$/);
    const [head = '', ...lines] = readFileSync(join(folder, 'rows.csv'), 'utf8')
      .trim()
      .split('\r\n');
    assert.equal(head, 'line,id,ticket,expected,output,outcome,accuracy,token_f1,failure');
    assert.equal(lines.length, 30);
    await evaluate(...words, '--export', 'rows.jsonl');
    const rows = readFileSync(join(folder, 'rows.jsonl'), 'utf8').trim().split('\n');
    const first = JSON.parse(rows[0] ?? '') as { scores: Record<string, unknown>; line: number };
    assert.equal(first.line, 2);
    assert.deepEqual(Object.keys(first.scores), ['accuracy', 'token_f1']);
    await evaluate(...words, '--export', 'rows.xml');
    const xml = readFileSync(join(folder, 'rows.xml'), 'utf8');
    assert.match(xml, /^<\?xml .*\n<testsuites name="triage v1, tickets\.csv" tests="30" /);
  });

  it('refuses an export of an unknown form before anything is spent', async () => {
    const run = await evaluate(
      '--dataset',
      'tickets.csv',
      '--metric',
      'accuracy',
      '--export',
      'a.doc',
    );
    assert.equal(run.exitCode, 2);
    assert.match(run.err, /--export a\.doc has an ending .* \.csv, \.tsv, \.jsonl, \.json, \.xml/);
    assert.doesNotMatch(run.err, /Estimate/);
  });

  it('lists every metric with its scale', async () => {
    const run = await cli('metrics');
    assert.match(run.out, /\nwer +from 0 up, lower is better +\S/);
    assert.match(run.out, /\nchrf +0 to 100, higher is better /);
    const { metrics } = (await cli('metrics', '--json')).json() as { metrics: { name: string }[] };
    assert.ok(metrics.some(({ name }) => name === 'cohens_kappa'));
  });
});
