import assert from 'node:assert/strict';
import { showProgress } from '../../src/cli/progress.ts';
import { emptyRun, reduce, type RunEvent } from '../../src/engine/index.ts';
import { keptTerminal } from './keptTerminal.ts';
import { header, rollout, searchEvents } from './sampleRun.ts';

function shown(events: readonly RunEvent[], redraws: boolean, columns = 200): string {
  const { terminal, written } = keptTerminal({ redraws, columns });
  let clock = 0;
  const progress = showProgress(terminal, () => (clock += 1_000));
  let state = emptyRun;
  for (const event of events) {
    state = reduce(state, event);
    progress.show(event, state);
  }
  progress.end();
  return written.err;
}

describe('progress in a pipe', () => {
  it('is one plain line for each evaluation, trial, wait and end', () => {
    assert.deepEqual(
      shown(searchEvents, false).split('\n'),
      [
        'run 2026-11-20-ab12: optimize triage v1 on tickets.csv',
        'original prompt: 2 validation rows, accuracy 0.50 [0.10, 0.90] n=2, 1 without a score, 2 calls, 20 tokens, $0.0020',
        'waiting 4 s: the server asks for fewer calls',
        'trial 1 reflect 0.40 → 0.60 better on paired rows',
        'Stopped: the target was reached.',
        '',
      ].map(line => line.replace('$0.0020', '$0.002')),
    );
  });

  it('says at most every five seconds that calls wait', () => {
    const wait: RunEvent = { type: 'wait', role: 'task', ms: 900, why: 'rate limit' };
    const text = shown([{ type: 'run-start', header }, ...Array<RunEvent>(11).fill(wait)], false);
    assert.equal(text.match(/waiting/g)?.length, 3);
  });
});

describe('progress on a terminal', () => {
  it('is one line that is drawn again, with what runs, the best, and what was spent', () => {
    const text = shown(
      searchEvents.slice(0, 9).filter(event => event.type !== 'wait'),
      true,
    );
    assert.ok(
      text.endsWith('\r\u001B[2Ktrial 1 · best 0.60 · 3 calls · 140 tokens · $0.012\r\u001B[2K'),
      JSON.stringify(text.slice(-200)),
    );
    assert.match(text, /original prompt 1\/2 · 1 call ·/);
    assert.match(
      shown(searchEvents, true),
      /\$0\.012 · waiting 4 s: the server asks for fewer calls/,
    );
  });

  it('never wraps, which would leave the old line on the screen', () => {
    const lines = shown(searchEvents, true, 30).split('\r\u001B[2K');
    const drawn = lines.filter(line => !line.endsWith('\n'));
    assert.ok(drawn.some(line => line.length === 29));
    assert.ok(drawn.every(line => line.length < 30));
  });

  it('is drawn at most ten times a second', () => {
    const { terminal, written } = keptTerminal({ redraws: true });
    let clock = 0;
    const progress = showProgress(terminal, () => (clock += 1));
    let state = reduce(emptyRun, { type: 'run-start', header });
    for (let line = 1; line <= 500; line += 1) {
      const event: RunEvent = { type: 'rollout-end', rollout: rollout(line) };
      state = reduce(state, event);
      progress.show(event, state);
    }
    assert.ok(written.err.split('\r').length <= 12, String(written.err.split('\r').length));
  });
});
