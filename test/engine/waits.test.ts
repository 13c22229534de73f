import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RunEvent } from '../../src/engine/index.ts';
import { waitQueue, withWaits } from '../../src/engine/waits.ts';

const wait = (ms: number): RunEvent => ({ type: 'wait', role: 'task', ms, why: 'Rate limit.' });
const skip = (number: number): RunEvent => ({ type: 'trial-skip', number, why: 'No.' });

describe('Waits among the events of a run', () => {
  it('come out while the run has nothing else to say', async () => {
    const waits = waitQueue();
    let open: () => void = () => undefined;
    const gate = new Promise<void>(resolve => (open = resolve));
    const held = (async function* (): AsyncGenerator<RunEvent> {
      yield skip(1);
      await gate;
      yield skip(2);
    })();
    const seen: RunEvent[] = [];
    setImmediate(() => waits.push(wait(250)));
    for await (const event of withWaits(held, waits)) {
      seen.push(event);
      if (event.type === 'wait') open();
    }
    assert.deepEqual(seen, [skip(1), wait(250), skip(2)]);
  });

  it('keep the order in which they were told', async () => {
    const waits = waitQueue();
    waits.push(wait(1));
    waits.push(wait(2));
    const seen: RunEvent[] = [];
    const events = (async function* (): AsyncGenerator<RunEvent> {
      yield skip(1);
    })();
    for await (const event of withWaits(events, waits)) seen.push(event);
    assert.deepEqual(seen, [wait(1), wait(2), skip(1)]);
  });

  it('pass on what the run throws', async () => {
    const events = (async function* (): AsyncGenerator<RunEvent> {
      yield skip(1);
      throw new Error('broken');
    })();
    const all = async () => {
      for await (const event of withWaits(events, waitQueue())) assert.ok(event);
    };
    await assert.rejects(all, /broken/);
  });

  it('let go of the run when nobody listens any more', async () => {
    let released = false;
    const events = (async function* (): AsyncGenerator<RunEvent> {
      try {
        yield skip(1);
        yield skip(2);
      } finally {
        released = true;
      }
    })();
    for await (const event of withWaits(events, waitQueue())) {
      if (event.type === 'trial-skip') break;
    }
    assert.ok(released);
  });
});
