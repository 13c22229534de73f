import assert from 'node:assert/strict';
import { mergeEdits } from '../../../../src/engine/optimize/patchRace/merge.ts';
import { aCandidate, anExample } from '../../../support/builders.ts';
import { aView, refusedTrial } from '../searchView.ts';

const original = aCandidate('Sort {{text}}.\nNever guess.\nAnswer north.');
const child = (id: string, system: string) =>
  aCandidate(system, { id, parents: [original.id], operator: 'reflect' });
const rows = [1, 2, 3].map(number => ({
  example: anExample(number, `crate ${number}`, 'south'),
  value: 0,
}));
const more = { original, locked: ['Never guess.'] };

describe('The merge of an earlier candidate’s edits', () => {
  it('takes those that get most rows right which the best prompt gets wrong', () => {
    const one = child('one', `${original.prompt.system}\nPlums go south.`);
    const two = child('two', `${original.prompt.system}\nFigs go east.`);
    const view = aView(
      rows,
      {},
      [
        ...refusedTrial(1, original, one, { 'row-001': 1, 'row-002': 0 }),
        ...refusedTrial(2, original, two, { 'row-001': 1, 'row-002': 1 }),
      ],
      more,
    );
    // As candidates of the run both were tried already: only together they are new.
    assert.equal(mergeEdits(view), undefined);
    const best = { ...view, state: { ...view.state, incumbentId: 'one' } };
    const merged = mergeEdits(best);
    assert.equal(merged?.prompt.system, `${one.prompt.system}\nFigs go east.`);
    assert.deepEqual([merged.parentId, merged.operator, merged.number], ['one', 'merge', 3]);
    assert.match(merged.rationale, /The edits of trial 2, which gets [12] rows? right/);
  });

  it('offers none that a guard refuses', () => {
    const base = child('base', `${original.prompt.system}\nPlums go south.`);
    const breaches = [
      'Sort {{text}}.\nGuess.\nAnswer north.',
      'Sort it.\nNever guess.\nAnswer north.',
      `${original.prompt.system}\nThe mood is {{mood}}.`,
    ];
    for (const system of breaches) {
      const view = aView(
        rows,
        {},
        [
          ...refusedTrial(1, original, base, { 'row-001': 0, 'row-002': 0 }),
          ...refusedTrial(2, original, child('bad', system), { 'row-001': 1, 'row-002': 1 }),
        ],
        more,
      );
      assert.equal(
        mergeEdits({ ...view, state: { ...view.state, incumbentId: 'base' } }),
        undefined,
        system,
      );
    }
  });

  it('is nothing where no candidate does better on any row', () => {
    const one = child('one', `${original.prompt.system}\nPlums go south.`);
    const two = child('two', `${original.prompt.system}\nFigs go east.`);
    const trials = [
      ...refusedTrial(1, original, one, { 'row-001': 0 }),
      ...refusedTrial(2, original, two, { 'row-001': 0 }),
    ];
    const view = aView(rows, {}, trials, more);
    assert.equal(mergeEdits({ ...view, state: { ...view.state, incumbentId: 'one' } }), undefined);
  });
});
