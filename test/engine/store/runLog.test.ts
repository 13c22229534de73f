import assert from 'node:assert/strict';
import { RequestError, StoreError } from '../../../src/engine/core/errors.ts';
import type { Files } from '../../../src/engine/core/files.ts';
import type { RunEvent } from '../../../src/engine/core/run.ts';
import { memoryFiles } from '../../../src/engine/store/memoryFiles.ts';
import { runLogs } from '../../../src/engine/store/runLog.ts';
import { aRollout, runEnd, ticking } from './builders.ts';

const wait: RunEvent = { type: 'wait', role: 'task', ms: 5, why: 'rate limit\n"x"' };

function someLogs(texts = new Map<string, string>()) {
  return { texts, logs: runLogs(memoryFiles(texts), ticking()) };
}

async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

async function aRun(
  logs: ReturnType<typeof runLogs>,
  events: readonly RunEvent[],
  name = 'Tri/age',
) {
  const runId = await logs.create(name, { kind: 'optimize' });
  const log = await logs.openEvents(name, runId);
  for (const event of events) await log.append(event);
  await log.close();
  return runId;
}

describe('the log of a run', () => {
  it('gives back the request and the events as they were', async () => {
    const { logs } = someLogs();
    const request = { kind: 'optimize', rows: [1, { a: null }], text: '{{x}}' } as const;
    const runId = await logs.create('Tri/age', request);
    assert.match(runId, /^2026-08-22-[0-9a-f]{4}$/);
    const log = await logs.openEvents('Tri/age', runId);
    await log.append(wait);
    await log.append(runEnd('done'));
    await log.close();
    assert.deepEqual(await logs.request(runId), request);
    assert.deepEqual(await collect(logs.events(runId)), [wait, runEnd('done')]);
  });

  it('stamps each event with the time at which it was written', async () => {
    const { logs, texts } = someLogs();
    await aRun(logs, [wait]);
    const path = [...texts.keys()].find(each => each.endsWith('events-0001.jsonl')) ?? '';
    assert.match(texts.get(path) ?? '', /^\{"at":"2026-08-22T10:00:01\.000Z","type":"wait",/);
  });

  it('takes the status from the newest session, and tells of an end that it does not know', async () => {
    const { logs, texts } = someLogs();
    const runId = await aRun(logs, [runEnd('done')]);
    const again = await logs.openEvents('Tri/age', runId);
    await again.append(wait);
    assert.equal((await logs.list())[0]?.status, 'interrupted');
    const path = [...texts.keys()].find(each => each.endsWith('end-0001.json')) ?? '';
    texts.set(path.replace('0001', '0002'), '{"schema": 1, "reason": "x"}');
    const [run] = await logs.list();
    assert.match(run?.unreadable ?? '', /end-0002\.json: .*"reason" is not one of done/);
  });

  it('begins a segment for each session, and shows the newest', async () => {
    const { logs, texts } = someLogs();
    const runId = await aRun(logs, [wait, wait]);
    const again = await logs.openEvents('Tri/age', runId);
    await again.append(wait);
    await again.close();
    await logs.append(runId, runEnd('done'));
    assert.deepEqual(await collect(logs.events(runId)), [wait, runEnd('done')]);
    assert.equal([...texts.keys()].filter(path => path.includes('events-')).length, 2);
  });

  it('tells runs that ended from those that can go on', async () => {
    const { logs } = someLogs();
    const expected = {
      done: 'ended',
      target: 'ended',
      patience: 'ended',
      'max-iterations': 'ended',
      'no-failures': 'ended',
      budget: 'interrupted',
      cancelled: 'interrupted',
      failed: 'interrupted',
    } as const;
    for (const reason of Object.keys(expected) as (keyof typeof expected)[]) {
      const saved: RunEvent = { type: 'version-save', candidateId: 'x', version: 2 };
      const runId = await aRun(logs, [wait, runEnd(reason), saved]);
      const [newest] = await logs.list();
      assert.deepEqual([newest?.runId, newest?.status], [runId, expected[reason]], reason);
      assert.equal(newest?.promptName, 'Tri/age');
    }
    await aRun(logs, [wait]);
    await aRun(logs, []);
    await logs.create('other', { kind: 'evaluate' });
    const statuses = (await logs.list()).map(run => run.status);
    assert.deepEqual(statuses.slice(0, 3), ['interrupted', 'interrupted', 'interrupted']);
    assert.equal((await logs.list())[0]?.kind, 'evaluate');
  });

  it('does not wait for the disk at each row, and yet hides no failure', async () => {
    let full = false;
    const files: Files = {
      ...memoryFiles(),
      openLog: async path => ({
        write: () => {
          if (full) throw new StoreError(path, 'the disk is full.');
        },
        append: () => new Promise<void>(() => {}),
        close: async () => {},
      }),
    };
    const log = await runLogs(files, ticking()).openEvents('triage', 'run');
    const row: RunEvent = { type: 'rollout-end', rollout: aRollout };
    await log.append(row);
    full = true;
    await assert.rejects(log.append(row), /the disk is full/);
  });

  it('is not fooled by a row whose text speaks of a run-end', async () => {
    const { logs } = someLogs();
    await aRun(logs, [{ ...wait, why: '{"type":"run-end","reason":"done"}' }]);
    assert.equal((await logs.list())[0]?.status, 'interrupted');
  });

  it('refuses an unknown run with the newest ones', async () => {
    const { logs } = someLogs();
    await assert.rejects(logs.request('x'), /No run has been recorded/);
    const runId = await aRun(logs, [wait]);
    for (const odd of ['', '..', '../../x', `${runId}/`]) {
      await assert.rejects(collect(logs.events(odd)), (error: unknown) => {
        assert.ok(error instanceof RequestError);
        assert.ok(error.message.includes(runId));
        return true;
      });
    }
  });

  it('leaves out a torn last line, and names a damaged one in the middle', async () => {
    const { logs, texts } = someLogs();
    const runId = await aRun(logs, [wait, wait]);
    const path = [...texts.keys()].find(each => each.endsWith('events-0001.jsonl')) ?? '';
    const whole = texts.get(path) ?? '';
    texts.set(path, `${whole}{"type":"wai`);
    assert.equal((await collect(logs.events(runId))).length, 2);
    for (const bad of ['{"type":\n', '\0\0\n', '[]\n', '\n']) {
      texts.set(path, `${whole}${bad}${whole}`);
      await assert.rejects(collect(logs.events(runId)), (error: unknown) => {
        assert.ok(error instanceof StoreError);
        assert.match(error.message, /events-0001\.jsonl: .*line 3 is damaged/);
        return true;
      });
    }
  });

  it('refuses a broken run.json with the file and the remedy', async () => {
    const { logs, texts } = someLogs();
    const runId = await aRun(logs, [wait]);
    const path = [...texts.keys()].find(each => each.endsWith('run.json')) ?? '';
    texts.delete(path);
    await assert.rejects(logs.request(runId), /run\.json: .*the file is missing/);
    texts.set(path, '{"schema": 9}');
    await assert.rejects(
      logs.request(runId),
      /run\.json: this file was written by a newer release/,
    );
    texts.set(path, '{"schema": 1, "prompt_name": "x", "started_at": "", "request": {}}');
    const [run] = await logs.list();
    assert.match(run?.unreadable ?? '', /run\.json: .*"kind" is not one of optimize, evaluate/);
  });

  it('lists a run that an older release wrote among the others, and says why it cannot be read', async () => {
    const { logs, texts } = someLogs();
    const old = await aRun(logs, [wait]);
    const path = [...texts.keys()].find(each => each.endsWith('run.json')) ?? '';
    texts.set(path, '{"schema": 0, "prompt": "x"}');
    const readable = await aRun(logs, [runEnd('done')], 'other');
    const runs = await logs.list();
    assert.deepEqual(new Set(runs.map(({ runId }) => runId)), new Set([old, readable]));
    const found = runs.find(({ runId }) => runId === old);
    assert.ok(found);
    assert.match(found.unreadable ?? '', /was written by an older release .*\(schema 0; this one/);
    assert.equal(found.folder, path.replace('/run.json', ''));
    assert.deepEqual([found.status, found.startedAt], ['ended', '2026-08-22T00:00:00.000Z']);
    assert.equal(runs.find(({ runId }) => runId === readable)?.unreadable, undefined);
  });

  it('refuses an event that it does not know, with the line and the remedy', async () => {
    const { logs } = someLogs();
    const runId = await aRun(logs, [wait, { type: 'round-end' } as unknown as RunEvent]);
    await assert.rejects(
      collect(logs.events(runId)),
      /events-0001\.jsonl: this file was written by another release .* line 2 tells of "round-end".*Update/,
    );
  });
});
