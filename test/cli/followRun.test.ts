import assert from 'node:assert/strict';
import { followRun } from '../../src/cli/followRun.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { ProviderError, RequestError, StoreError, type RunEvent } from '../../src/engine/index.ts';
import { keptTerminal } from './keptTerminal.ts';
import { header, searchEvents } from './sampleRun.ts';

function shell(signal = new AbortController().signal): Shell {
  return {
    terminal: keptTerminal().terminal,
    environment: {},
    here: '/w',
    compose: () => assert.fail('no engine is needed to follow a run'),
    signal,
    now: () => 0,
  };
}

async function* stream(events: readonly RunEvent[], error?: Error): AsyncGenerator<RunEvent> {
  yield* events;
  if (error) throw error;
}

const begun: readonly RunEvent[] = [{ type: 'run-start', header }];
const ended = (
  reason: 'budget' | 'cancelled' | 'failed' | 'done',
  errorCode?: string,
): RunEvent => ({
  type: 'run-end',
  reason,
  bestId: 'c0',
  sentence: 'The end.',
  ...(errorCode ? { errorCode } : {}),
});

describe('following a run to its end', () => {
  it('throws a wrong request on, because nothing has happened yet', async () => {
    const events = stream([], new RequestError('No such column.'));
    await assert.rejects(followRun(events, {}, shell()), /No such column/);
  });

  const ends: readonly [string, RunEvent, number][] = [
    ['done', ended('done'), 0],
    ['stopped by the budget', ended('budget', 'budget'), 3],
    ['stopped by the provider', ended('failed', 'provider/key-wrong'), 3],
    ['stopped by a full disk', ended('failed', 'store'), 2],
    ['cancelled', ended('cancelled'), 130],
  ];
  for (const [name, event, exitCode] of ends) {
    it(`exits with ${exitCode} where it was ${name}`, async () => {
      const run = await followRun(stream([...begun, event]), {}, shell());
      assert.equal(run.exitCode, exitCode);
      assert.equal(run.sentence, 'The end.');
      assert.equal(run.resume !== undefined, exitCode !== 0);
    });
  }

  it('keeps what had happened before an error, and the command that goes on', async () => {
    const error = new ProviderError('unreachable', 'No answer from\u001B[2J the server.', {
      scope: 'run',
    });
    const flags = { folder: "it's here", baseUrl: 'http://127.0.0.1:1/v1', json: true };
    const run = await followRun(stream(searchEvents.slice(0, 5), error), flags, shell());
    assert.equal(run.exitCode, 3);
    assert.equal(run.errorCode, 'provider/unreachable');
    assert.equal(run.sentence, 'No answer from the server.');
    assert.equal(run.state.evaluations.length, 1);
    assert.equal(
      run.resume,
      `prompt-refiner optimize --resume 2026-11-20-ab12 --folder 'it'\\''s here' --base-url http://127.0.0.1:1/v1`,
    );
  });

  it('is a cancel, whatever was thrown, once the person has cancelled', async () => {
    const events = stream(begun, new StoreError('.prompts', 'gone'));
    const run = await followRun(events, {}, shell(AbortSignal.abort()));
    assert.equal(run.exitCode, 130);
  });
});
