import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textDiff } from '../../src/engine/compare/textDiff.ts';
import { emptyRun, reduce } from '../../src/engine/index.ts';
import { patched } from '../../media/panel/patched.ts';
import { patchOf } from '../../src/panel/patch.ts';
import { presentPanel, presentRun } from '../../src/panel/present.ts';
import '../support/fuzzSeed.ts';
import { endedEvents } from '../support/panelRuns.ts';
import { panelStates, readyParts } from '../support/panelStates.ts';

/** What a page makes of a change that has come to it as JSON. */
function afterTheWire(before: unknown, after: unknown): unknown {
  const patch = patchOf(before, after);
  return patch ? patched(before, JSON.parse(JSON.stringify(patch)) as typeof patch) : before;
}

function asJson(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state));
}

describe('A patch of a state', () => {
  it('leads from any JSON to any other', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(json, json, (before, after) => {
        assert.deepEqual(afterTheWire(before, after), JSON.parse(JSON.stringify(after)));
      }),
      { numRuns: 500 },
    );
  });

  it('leads from every page to every other', () => {
    const states = Object.values(panelStates());
    for (const before of states) {
      for (const after of states)
        assert.deepEqual(afterTheWire(asJson(before), after), asJson(after));
    }
  });

  it('follows a run event by event to the state that the host has', () => {
    let run = emptyRun;
    let shown: unknown;
    let sent: unknown;
    for (const event of endedEvents()) {
      run = reduce(run, event);
      const view = presentRun(run, { status: run.ended ? 'ended' : 'running', diff: textDiff });
      const state = presentPanel(readyParts({ run: view }));
      const patch = patchOf(sent, state);
      if (patch) shown = patched(shown, asJson(patch) as typeof patch);
      sent = state;
      assert.deepEqual(shown, asJson(state));
    }
  });

  it('is nothing where nothing has changed', () => {
    assert.equal(patchOf(panelStates()['result'], panelStates()['result']), undefined);
  });

  it('holds the end of a list alone where only its end has changed', () => {
    const patch = patchOf({ trials: [1, 2, 3], x: 1 }, { trials: [1, 2, 4, 5], x: 1 });
    assert.deepEqual(patch, { fields: { trials: { keep: 2, then: [4, 5] } } });
  });

  it('takes no name of a field for one of the prototype', () => {
    const hostile = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as object;
    const there = afterTheWire({}, hostile);
    assert.deepEqual(Object.keys(there as object), ['__proto__', 'constructor']);
    assert.equal(({} as Record<string, unknown>)['a'], undefined);
  });
});
