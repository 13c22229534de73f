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

  it('never leaves out a locked section, of which no row has need', async () => {
    const locked = 'Check everything twice.\n{{text}}';
    const { state } = await collect(
      sortingRun({ original: padded, locked: [locked], settings, ...rows }).events,
    );
    for (const { prompt } of Object.values(state.candidates)) {
      assert.ok(prompt.system.includes(locked), prompt.system);
    }
    const best = state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '';
    assert.ok(!best.includes('Work with great care.'), best);
  });

  it('has nothing to try where all that is left is locked', async () => {
    const { state } = await collect(
      sortingRun({ original: '{{text}}\nBe brief.', locked: ['Be brief.'], settings, ...rows })
        .events,
    );
    assert.equal(state.trials.length, 0);
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
    const few = { train: crates(0, 20), validation: crates(40, 50), test: crates(50, 60) };
    const { state } = await collect(sortingRun({ original: padded, settings, ...few }).events);
    assert.equal(state.ended?.bestId, state.header?.original.id);
    assert.match(state.ended?.sentence ?? '', /not shown to lose less than 5 points/);
  });

  it('goes on where the target is reached and no row fails, since that is where it begins', async () => {
    const run = sortingRun({
      original: padded,
      settings: { ...settings, targetThreshold: 0.9 },
      ...rows,
    });
    const { state } = await collect(run.events);
    assert.equal(state.ended?.reason, 'done');
    assert.notEqual(state.ended.bestId, state.header?.original.id);
  });

  it('says what was saved and which loss is excluded', async () => {
    const { state } = await collect(sortingRun({ original: padded, settings, ...rows }).events);
    assert.match(
      state.ended?.sentence ?? '',
      /The shorter prompt saves \d+ of \d+ input tokens a request \(\d+ %\).*; a loss of 5 points or more is excluded \(one-sided, 5 %\)\./,
    );
  });

  it('leaves out only as many lines as can go together', async () => {
    const run = sortingRun({
      original: `${spare.join('\n')}\n${perfect}\n{{text}}`,
      settings,
      ...rows,
      task: request => (spareIn(textOf(request)) >= 2 ? sortCrate(request) : 'unknown'),
    });
    const { state } = await collect(run.events);
    const best = state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '';
    assert.equal(spareIn(best), 2, best);
  });

  it('takes half of the lines back, where all rows show a loss that those of each line did not', async () => {
    let asked = 0;
    const run = sortingRun({
      original: `${spare.join('\n')}\n${perfect}\n{{text}}`,
      settings,
      ...rows,
      train: crates(200, 400),
      task: request => {
        // A line that speaks of no row is tried on 80 rows.
        if (spareIn(textOf(request)) === 0) asked += 1;
        return spareIn(textOf(request)) === 0 && asked > 80 ? 'unknown' : sortCrate(request);
      },
    });
    const { state } = await collect(run.events);
    const [first] = state.trials;
    assert.ok(first?.status === 'decided' && first.accepted);
    const without = Object.values(state.candidates).filter(
      ({ prompt }) => spareIn(prompt.system) === 0,
    );
    assert.ok(without.length > 0);
    const best = state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '';
    assert.ok(
      best.length < (state.header?.original.prompt.system.length ?? 0) && spareIn(best) > 0,
      best,
    );
  });
});

const spare = ['One at least.', 'Two at least.', 'Three at least.', 'Four at least.'];

function spareIn(text: string): number {
  return spare.filter(line => text.includes(line)).length;
}
