import assert from 'node:assert/strict';
import { collect } from '../../../support/builders.ts';
import { textOf } from '../../../support/scriptedModel.ts';
import { crates, perfect, sortCrate, sortingRun } from '../sortingWorld.ts';

const padded = `Work with great care.\n${perfect}\nCheck everything twice.\n{{text}}`;
/** Enough unseen rows to rule out a loss of five points. */
const rows = { validation: crates(40, 90), test: crates(90, 150) };
const settings = { strategy: 'squeeze', targetThreshold: 2, patience: 30, maxIterations: 60 };

describe('squeeze', () => {
  it('leaves out the lines that do nothing, without asking the optimizer model', async () => {
    const run = sortingRun({ original: padded, settings, ...rows });
    const { state } = await collect(run.events);
    const best = state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '';
    const rules = best.split('\n').filter(line => line.includes('goes to'));
    assert.equal(run.optimizer.requests.length, 0);
    assert.deepEqual([...rules, '{{text}}'].join('\n'), best);
    assert.equal(rules.length, 4);
  });

  it('never leaves out a placeholder', async () => {
    const { state } = await collect(sortingRun({ original: padded, settings, ...rows }).events);
    for (const { prompt } of Object.values(state.candidates)) {
      assert.ok(prompt.system.includes('{{text}}'), prompt.system);
    }
  });

  it('keeps every line that a row needs', async () => {
    const { state } = await collect(
      sortingRun({
        original: `${perfect}\nMind the kiwi.\n{{text}}`,
        settings,
        ...rows,
        task: request =>
          textOf(request).includes('Mind the kiwi.') ? sortCrate(request) : 'unknown',
      }).events,
    );
    const best = state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '';
    assert.ok(best.includes('Mind the kiwi.'));
  });

  it('returns the original where the rows are too few to rule out a loss', async () => {
    const few = { validation: crates(40, 50), test: crates(50, 60) };
    const { state } = await collect(sortingRun({ original: padded, settings, ...few }).events);
    assert.equal(state.ended?.bestId, state.header?.original.id);
    assert.match(state.ended?.sentence ?? '', /not shown to lose less than 5 points/);
  });
});
