import assert from 'node:assert/strict';
import { situationOf } from '../../../src/engine/optimize/situation.ts';
import { aCandidate, anExample } from '../../support/builders.ts';
import { aView } from './searchView.ts';

const bad = 'Everything with plums goes to north.';
const worse = 'What holds plums is of the south.';
const rows = Array.from({ length: 12 }, (_, number) => ({
  example: anExample(number, `crate of ${number < 3 ? 'plums' : 'figs'} ${number}`, 'east'),
  value: number < 3 ? 0 : 1,
}));
const misfiring = (locked: readonly string[]): string[] => {
  const original = aCandidate(`Sort {{text}}.\n${bad}\n${worse}`);
  return situationOf(aView(rows, {}, [], { original, locked })).misfiring.map(({ line }) => line);
};

describe('The lines that misfire', () => {
  it('are those that speak of failing rows', () => {
    assert.deepEqual(misfiring([]), [bad, worse]);
  });

  it('are none that is locked: asking for another wording of it would be in vain', () => {
    assert.deepEqual(misfiring([worse]), [bad]);
    assert.deepEqual(misfiring(['plums goes', worse]), []);
  });
});
