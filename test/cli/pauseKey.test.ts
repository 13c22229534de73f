import assert from 'node:assert/strict';
import { pauseWithKey } from '../../src/cli/pauseKey.ts';
import { runGate } from '../../src/engine/index.ts';

describe('The key that pauses a run', () => {
  function atKeyboard() {
    const gate = runGate();
    const said: string[] = [];
    let press: (key: string) => void = () => assert.fail('no key is read');
    let reads = false;
    const keys = (onKey: (key: string) => void): (() => void) => {
      press = onKey;
      reads = true;
      return () => void (reads = false);
    };
    const end = pauseWithKey({ keys }, gate, line => said.push(line));
    return { gate, said, press: (key: string) => press(key), end, isReading: () => reads };
  }

  it('says at the start what it does', () => {
    assert.match(atKeyboard().said[0] ?? '', /^p pauses; Ctrl-C stops/);
  });

  it('shuts the gate and opens it again, and says so', () => {
    const { gate, said, press } = atKeyboard();
    press('p');
    assert.equal(gate.isShut(), true);
    press('P');
    assert.equal(gate.isShut(), false);
    assert.deepEqual(said.slice(1), [
      'Paused: nothing new is sent. p goes on, Ctrl-C stops.',
      'Going on.',
    ]);
  });

  it('tells how many calls are still under way', () => {
    const { gate, said, press } = atKeyboard();
    gate.sent();
    press('p');
    assert.match(said.at(-1) ?? '', /1 call under way will be finished and kept\./);
  });

  it('minds no other key, and gives the keyboard back', () => {
    const { gate, press, end, isReading } = atKeyboard();
    for (const key of ['x', ' ', '\r']) press(key);
    assert.equal(gate.isShut(), false);
    end();
    assert.equal(isReading(), false);
  });

  it('reads and says nothing where nobody sits at a keyboard', () => {
    const said: string[] = [];
    pauseWithKey({}, runGate(), line => said.push(line))();
    assert.deepEqual(said, []);
  });
});
