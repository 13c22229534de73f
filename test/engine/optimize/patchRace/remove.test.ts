import assert from 'node:assert/strict';
import { beginRemoval } from '../../../../src/engine/optimize/patchRace/remove.ts';
import type { SearchView } from '../../../../src/engine/optimize/search.ts';
import { aCandidate, anExample } from '../../../support/builders.ts';
import { aView } from '../searchView.ts';

const bad = 'Everything with plums goes to north.';
const text = `Sort the crates.\n${bad}\nFigs go to east.`;
const rows = Array.from({ length: 24 }, (_, number) => ({
  example: anExample(number, `crate of ${number < 5 ? 'plums' : 'figs'} ${number}`, 'south'),
  value: number < 5 ? 0 : 1,
}));
const viewOf = (system: string, locked: readonly string[] = []): SearchView =>
  aView(rows, {}, [], { original: aCandidate(system), locked });

/** The line that is tried without; undefined where none is. */
function removed(system: string, locked: readonly string[] = []): string | undefined {
  const [action] = beginRemoval(viewOf(system, locked), 1) ?? [];
  if (action?.type !== 'try') return undefined;
  const left = action.prompt.system.split('\n');
  return system.split('\n').find(line => !left.includes(line));
}

describe('The removal of a line', () => {
  it('begins with the one whose rows fail most, and asks no model', () => {
    assert.equal(removed(text), bad);
    const [action] = beginRemoval(viewOf(text), 1) ?? [];
    assert.ok(action?.type === 'try' && action.operator === 'remove');
    assert.match(action.rationale, /^Tries without each of 1 line,/);
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
