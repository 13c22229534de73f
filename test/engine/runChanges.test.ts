import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import { compose } from '../../src/compose.ts';
import {
  RunChangedError,
  versionPaths,
  type Engine,
  type OptimizeRequest,
  type Provider,
} from '../../src/engine/index.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import { scriptedModel } from '../support/scriptedModel.ts';
import { wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const rows = ['red,colour', 'three,number', 'blue,colour', 'seven,number'];

describe('a run that goes on', () => {
  let folder: string;
  let request: OptimizeRequest;
  let files = memoryFiles();

  const save = (lines: readonly string[]): void =>
    writeFileSync(join(folder, 'words.csv'), `${['word,label', ...lines].join('\n')}\n`);

  /** A provider at an address, with the number of answers that were paid. */
  const served = (origin: string) => {
    const model = scriptedModel(() => 'colour', 'scripted:task');
    const provider: Provider = {
      name: 'scripted',
      list: () => Promise.resolve({ provider: 'scripted', models: [] }),
      model: () => ({ ...model, origin }),
      price: () => ({ inputUsd: 0, outputUsd: 0 }),
    };
    return { engine: wholeEngine({ files, providers: [provider] }), paid: model.requests };
  };

  /** Evaluates, and cancels with the first answer. */
  const cancelled = async (engine: Engine): Promise<string> => {
    const controller = new AbortController();
    for await (const event of engine.evaluate(request, controller.signal)) {
      if (event.type === 'rollout-end') controller.abort();
    }
    const [run] = await engine.runs();
    return run?.runId ?? assert.fail('no run was recorded');
  };

  const refused = async (engine: Engine, runId: string): Promise<readonly string[]> => {
    const { changes } = await wholeRun(engine.resume(runId)).then(
      () => assert.fail('it went on'),
      (error: unknown) => (error instanceof RunChangedError ? error : assert.fail(String(error))),
    );
    assert.deepEqual(await engine.changes(runId), changes);
    return changes;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'changes-'));
    files = memoryFiles();
    save(rows);
    request = {
      promptName: 'sort',
      prompt: { system: 'Colour or number? {{word}}', output: '' },
      dataset: join(folder, 'words.csv'),
      metrics: ['accuracy'],
      taskModel: 'scripted:task',
      settings: { concurrency: 1 },
    };
  });

  it('asks for nothing where all is as it was', async () => {
    const { engine } = served('here');
    const runId = await cancelled(engine);
    assert.deepEqual(await engine.changes(runId), []);
    const { state } = await wholeRun(engine.resume(runId));
    assert.equal(state.ended?.reason, 'done');
  });

  it('names a changed dataset, and sends nothing until the person accepts it', async () => {
    const { engine, paid } = served('here');
    const runId = await cancelled(engine);
    const before = paid.length;
    save([...rows.slice(0, 3), 'eight,number', 'green,colour']);
    assert.deepEqual(await refused(engine, runId), ['The dataset words.csv has changed.']);
    assert.equal(paid.length, before);

    const { state } = await wholeRun(engine.resume(runId, undefined, { acceptChanges: true }));
    assert.equal(state.ended?.reason, 'done');
    assert.equal(state.header?.rows.all, 5);
    assert.equal(state.outcomes.ok, 5);
    assert.equal(paid.length, 5, 'the answers of rows that stayed are not paid again');
  });

  it('names changed notes, which are no part of the dataset otherwise', async () => {
    const noted = (note: string) => {
      const lines = rows.map((row, at) => `${row},${at === 1 ? note : ''}`);
      writeFileSync(join(folder, 'words.csv'), `word,label,remark\n${lines.join('\n')}\n`);
    };
    noted('a numeral');
    request = {
      ...request,
      mapping: { inputs: { word: 'word' }, expected: 'label', note: 'remark' },
    };
    const { engine } = served('here');
    const runId = await cancelled(engine);
    assert.deepEqual(await engine.changes(runId), []);
    noted('a number word');
    assert.deepEqual(await refused(engine, runId), [
      'The notes on rows of words.csv have changed.',
    ]);
  });

  it('names a model that is served from another address', async () => {
    const runId = await cancelled(served('https://one.example').engine);
    const there = served('https://two.example');
    assert.deepEqual(await refused(there.engine, runId), [
      'The model scripted:task is served from another address than before, now https://two.example.',
    ]);
    assert.equal(there.paid.length, 0);
  });

  it('names a version that was edited or is gone, and keeps the text that it began with', async () => {
    const { engine } = served('here');
    const runId = await cancelled(engine);
    await files.write(versionPaths({ promptName: 'sort', number: 1 }).system, 'Another text.');
    assert.match((await refused(engine, runId)).join('\n'), /^Version 1 of sort is not the text/);
    const { state } = await wholeRun(engine.resume(runId, undefined, { acceptChanges: true }));
    assert.deepEqual(state.header?.original.prompt, request.prompt);
  });

  it('does not ask again for what was accepted, but for what is new', async () => {
    const { engine } = served('here');
    const runId = await cancelled(engine);
    const { system } = versionPaths({ promptName: 'sort', number: 1 });
    await files.write(system, 'Another text.');
    save(rows.slice(0, 2));
    assert.equal((await refused(engine, runId)).length, 2);
    await wholeRun(engine.resume(runId, undefined, { acceptChanges: true }));
    assert.deepEqual(await engine.changes(runId), []);
    await wholeRun(engine.resume(runId));
    await files.write(system, 'A third text.');
    assert.match((await engine.changes(runId)).join('\n'), /^Version 1 of sort[^\n]*$/);
  });

  it('remembers the budget that a run went on with', async () => {
    const { engine } = served('here');
    const runId = await cancelled(engine);
    const budget = { calls: 77 };
    const larger = await wholeRun(engine.resume(runId, undefined, { budget }));
    assert.deepEqual(larger.state.header?.settings.budget, budget);
    const again = await wholeRun(engine.resume(runId));
    assert.deepEqual(again.state.header?.settings.budget, budget);
  });

  it('names several changes at once', async () => {
    const runId = await cancelled(served('here').engine);
    save(rows.slice(0, 2));
    assert.equal((await refused(served('there').engine, runId)).length, 2);
  });

  it('names a metric whose file has changed', async () => {
    const schema = join(folder, 'schema.json');
    writeFileSync(schema, '{"type":"object"}');
    const engine = compose({ folder, settings: {}, keyFor: () => Promise.resolve(undefined) });
    request = { ...request, metrics: ['json_schema:file=schema.json'], taskModel: 'demo:task' };
    const runId = await cancelled(engine);
    assert.deepEqual(await engine.changes(runId), []);
    writeFileSync(schema, '{"type":"array"}');
    assert.deepEqual(await refused(engine, runId), [
      'The metric json_schema:file=schema.json has changed: its file, its rubric or its judge.',
    ]);
  });
});
