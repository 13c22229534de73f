import assert from 'node:assert/strict';
import type { Candidate } from '../../../../src/engine/core/candidate.ts';
import { reduce } from '../../../../src/engine/core/reduce.ts';
import { standingRollouts } from '../../../../src/engine/optimize/patchRace/standing.ts';
import { aHeader } from '../../../support/builders.ts';
import { aView } from '../searchView.ts';
import { crates } from '../sortingWorld.ts';

describe('The answers of an ancestor that still hold', () => {
  const { original } = aHeader('Sort.');
  const rows = crates(0, 8).map(example => ({ example, value: 0, output: 'unknown' }));
  const child: Candidate = {
    id: 'child',
    prompt: { ...original.prompt, system: `${original.prompt.system}\nplum goes to south.` },
    parents: [original.id],
    operator: 'reflect',
  };
  const view = aView(rows);
  const state = [
    { type: 'trial-start', number: 1, parentId: original.id, operator: 'reflect' } as const,
    {
      type: 'proposal-end',
      number: 1,
      usage: { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false },
      candidate: child,
    } as const,
  ].reduce(reduce, view.state);
  const fruits = (id: string): string[] =>
    [...standingRollouts(id, { ...view, state }).keys()].map(row => {
      const example = rows.find(each => each.example.id === row)?.example;
      return /: (\w+)/.exec(Object.values(example?.inputs ?? {}).join())?.[1] ?? '';
    });

  it('are those to rows that no later line speaks of', () => {
    assert.deepEqual(fruits('child'), ['apple', 'fig', 'kiwi', 'apple', 'fig', 'kiwi']);
  });

  it('are all of its own', () => {
    assert.equal(fruits(original.id).length, 8);
  });
});
