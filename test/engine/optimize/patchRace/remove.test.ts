import assert from 'node:assert/strict';
import { removeWorstLine } from '../../../../src/engine/optimize/patchRace/remove.ts';
import { squeeze } from '../../../../src/engine/optimize/strategies/squeeze.ts';
import { betterOnPairedRows } from '../../../../src/engine/optimize/acceptance.ts';
import type { SearchView } from '../../../../src/engine/optimize/search.ts';
import { aCandidate, anExample } from '../../../support/builders.ts';
import { aView } from '../searchView.ts';

const bad = 'Everything with plums goes to north.';
const text = `Sort the crates.\n${bad}\nFigs go to east.`;
const rows = Array.from({ length: 12 }, (_, number) => ({
  example: anExample(number, `crate of ${number < 3 ? 'plums' : 'figs'} ${number}`, 'south'),
  value: number < 3 ? 0 : 1,
}));
const viewOf = (system: string, locked: readonly string[] = []): SearchView =>
  aView(rows, {}, [], { original: aCandidate(system), locked });

/** The line that is tried without; undefined where none is. */
function removed(system: string, locked: readonly string[] = []): string | undefined {
  const [action] = removeWorstLine(viewOf(system, locked)) ?? [];
  if (action?.type !== 'try') return undefined;
  const left = action.prompt.system.split('\n');
  return system.split('\n').find(line => !left.includes(line));
}

/** Every prompt that squeeze tries from here, each refused in its turn. */
function squeezed(system: string, locked: readonly string[] = []): string[] {
  const tried: string[] = [];
  let view = viewOf(system, locked);
  for (;;) {
    const [action] = squeeze.decide(view, betterOnPairedRows);
    if (action?.type !== 'try') return tried;
    tried.push(action.prompt.system);
    const candidate = aCandidate(action.prompt.system, { id: `try-${tried.length}` });
    const candidates = { ...view.state.candidates, [candidate.id]: candidate };
    view = { ...view, state: { ...view.state, candidates } };
  }
}

describe('The removal of a line', () => {
  it('takes the one whose rows fail most, and asks no model', () => {
    assert.equal(removed(text), bad);
    const [action] = removeWorstLine(viewOf(text)) ?? [];
    assert.ok(action?.type === 'try' && action.operator === 'remove');
    assert.match(action.rationale, /100 % of the train rows that this line speaks of/);
  });

  it('never takes a line that is locked, in whole or in part', () => {
    assert.equal(removed(text, [bad]), undefined);
    assert.equal(removed(text, ['plums goes']), undefined);
    assert.equal(removed(text, ['Sort the crates.']), bad);
  });

  it('never takes a placeholder or what programs read the answers by', () => {
    assert.equal(removed(text.replace('to north', 'to {{shed}}')), undefined);
    assert.equal(removed(text.replace('to north.', 'to {"shed": "north"}.')), undefined);
  });
});

describe('A squeeze', () => {
  const long = [
    'Sort.',
    'Be kind.',
    'Be brief.',
    'Be exact.',
    '{{text}}',
    'Be calm.',
    'Be fast.',
    'Be fair.',
    'Be warm.',
    'Be terse.',
    'Hm.',
    'Ah.',
  ];

  it('leaves out every line and part but what is locked or has to stay', () => {
    const locked = 'brief.\nBe exact.';
    const tried = squeezed(long.join('\n'), [locked]);
    assert.ok(tried.length > long.length);
    for (const prompt of tried) assert.ok(prompt.includes(locked) && prompt.includes('{{text}}'));
    for (const line of ['Sort.', 'Be kind.', 'Be calm.', 'Be fast.', 'Hm.', 'Ah.']) {
      const without = long.filter(each => each !== line).join('\n');
      assert.ok(tried.includes(without), `without ${line}`);
    }
  });

  it('has nothing to try where all that is left is locked', () => {
    assert.deepEqual(squeezed('{{text}}\nBe brief.', ['Be brief.']), []);
  });
});
