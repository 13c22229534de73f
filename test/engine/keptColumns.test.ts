import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine, EvaluateRequest } from '../../src/engine/index.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import { wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const table = (head: string) =>
  [head, ...Array.from({ length: 8 }, (_, at) => `${at},order ${at},note ${at},billing`)].join(
    '\n',
  );

describe('the columns of a prompt', () => {
  let folder: string;
  let files: ReturnType<typeof memoryFiles>;
  let engine: Engine;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'columns-'));
    files = memoryFiles();
    engine = wholeEngine({ files });
    writeFileSync(join(folder, 'a.csv'), table('id,body,remark,team'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const asked = (more: Partial<EvaluateRequest> = {}): EvaluateRequest => ({
    promptName: 'triage',
    prompt: { system: 'Answer billing or shipping: {{ticket}}', output: '' },
    dataset: join(folder, 'a.csv'),
    metrics: ['accuracy'],
    ...more,
  });
  const mapping = { inputs: { ticket: 'remark' }, expected: 'team' };
  const inputOf = async (request: EvaluateRequest): Promise<string | undefined> =>
    (await engine.rows(request)).examples[0]?.inputs['ticket'];
  const run = async (request: EvaluateRequest) => (await wholeRun(engine.evaluate(request))).state;

  it('are kept with the first run that names them, and used by later ones of that prompt', async () => {
    await assert.rejects(engine.rows(asked()), /not clear which column/);
    await run(asked({ mapping }));
    assert.deepEqual(await files.list('.prompts/triage/columns'), ['0001.json']);
    assert.equal(await inputOf(asked()), 'note 0');
    const { notes } = await engine.estimate(asked(), 'evaluate');
    assert.ok(
      notes.includes('Columns as kept for triage: ticket from "remark", expected from "team".'),
      notes.join('\n'),
    );
    await assert.rejects(engine.rows(asked({ promptName: 'other' })), /not clear which column/);
    await run(asked());
    assert.equal((await files.list('.prompts/triage/columns')).length, 1, 'nothing new was said');
  });

  it('include the notes of people', async () => {
    await run(asked({ mapping: { inputs: { ticket: 'body' }, expected: 'team', note: 'remark' } }));
    const { mapping: kept, examples } = await engine.rows(asked());
    assert.equal(kept.note, 'remark');
    assert.equal(examples[0]?.note, 'note 0');
  });

  it('yield to what a request says, field by field, which is kept in its turn', async () => {
    await run(asked({ mapping }));
    await run(asked({ mapping: { inputs: { ticket: 'body' } } }));
    assert.equal(await inputOf(asked()), 'order 0');
    assert.equal((await engine.rows(asked())).mapping.expected, 'team');
    await run(asked({ mapping: { inputs: { ticket: 'remark' } } }));
    const whole = asked({ mapping: { expected: 'team' }, mappingIsWhole: true });
    assert.equal(await inputOf(whole), 'order 0', 'as the names say');
    assert.equal(await inputOf(asked()), 'note 0');
  });

  it('are used for another file with the same columns, in any order', async () => {
    await run(asked({ mapping }));
    writeFileSync(join(folder, 'b.csv'), table('id,remark,body,team'));
    assert.equal(await inputOf(asked({ dataset: join(folder, 'b.csv') })), 'order 0');
  });

  it('make way for the names, with a sentence, where the file has lost one of them', async () => {
    await run(asked({ mapping }));
    writeFileSync(join(folder, 'a.csv'), table('id,ticket,comment,label'));
    const sentence =
      /kept for triage do not fit any more, since "remark" and "team" are gone; the names/;
    const { warnings, examples } = await engine.rows(asked());
    assert.match(warnings?.[0]?.message ?? '', sentence);
    assert.equal(examples[0]?.inputs['ticket'], 'order 0');
    assert.match((await engine.estimate(asked(), 'evaluate')).warnings[0]?.message ?? '', sentence);
    assert.match((await run(asked())).header?.warnings?.[0]?.message ?? '', sentence);
    const preview = await engine.preview(join(folder, 'a.csv'), { promptName: 'triage' });
    assert.match(preview.keptWarning?.message ?? '', sentence);
    assert.equal(preview.kept, undefined);
    writeFileSync(join(folder, 'a.csv'), table('id,one,two,three'));
    await assert.rejects(engine.rows(asked()), /a\.csv: the columns that .* But it is not clear/);
  });

  it('are not those of another file without its columns, and no word is lost about it', async () => {
    await run(asked({ mapping }));
    writeFileSync(join(folder, 'c.csv'), table('id,ticket,comment,label'));
    assert.deepEqual(
      (await engine.rows(asked({ dataset: join(folder, 'c.csv') }))).warnings,
      undefined,
    );
  });

  it('stay those of a run that is gone on with, whatever was kept since', async () => {
    const { header } = await run(asked({ mapping }));
    await run(asked({ mapping: { inputs: { ticket: 'body' } } }));
    const runId = header?.runId ?? '';
    assert.deepEqual(await engine.changes(runId), []);
    const rows = JSON.parse(await engine.exportRun({ runId, format: 'json' })) as {
      inputs: { ticket: string };
    }[];
    assert.equal(rows[0]?.inputs.ticket, 'note 0');
  });

  const broken: readonly [string, string, RegExp][] = [
    ['no JSON', '{', /columns\/0001\.json: cannot be used: it is not valid JSON\. Restore/],
    ['another schema', '{"schema":9}', /0001\.json: .*newer release .*schema 9/],
    ['no mapping', '{"schema":1,"dataset":"a.csv","columns":[]}', /"mapping" is not an object/],
    [
      'a column that is a number',
      '{"schema":1,"dataset":"a.csv","columns":["a"],"mapping":{"inputs":{"ticket":3}}}',
      /the column of "ticket" is not a text/,
    ],
    ['columns that are no texts', '{"schema":1,"columns":[1]}', /"columns" is not a list/],
  ];
  for (const [what, text, sentence] of broken) {
    it(`are a clear error where their file holds ${what}, and the file stays as it is`, async () => {
      await files.write('.prompts/triage/columns/0001.json', text);
      await assert.rejects(engine.rows(asked()), sentence);
      await assert.rejects(run(asked({ mapping, mappingIsWhole: true })), sentence);
      assert.deepEqual(await engine.runs(), [], 'nothing was begun');
      assert.equal(await files.read('.prompts/triage/columns/0001.json'), text);
      assert.deepEqual(await files.list('.prompts/triage/columns'), ['0001.json']);
    });
  }
});
