import assert from 'node:assert/strict';
import type { ModelRequest } from '../../../../src/engine/core/languageModel.ts';
import { patchRace } from '../../../../src/engine/optimize/patchRace/patchRace.ts';
import { collect } from '../../../support/builders.ts';
import { textOf } from '../../../support/scriptedModel.ts';
import { crates, proposalOf, seed, sortCrate, sortingRun, threeQuarters } from '../sortingWorld.ts';

const sockets = { strategy: patchRace };
const settings = { patience: 8, targetThreshold: 2, maxIterations: 12 };

/** The optimizer model says one thing first, and then nothing that helps. */
function sayingOnce(system: string) {
  return (request: ModelRequest, call: number): string =>
    call === 0 ? proposalOf(system) : `No idea ${call} ${textOf(request).length}.`;
}

async function bestLines(run: Parameters<typeof sortingRun>[0]): Promise<string[]> {
  const { state } = await collect(sortingRun({ sockets, settings, ...run }).events);
  const best = state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '';
  return best.split('\n');
}

describe('lines that patch race takes out', () => {
  it('are those that came with a good proposal and that no row needs', async () => {
    const idle = ['The plum is sweet.', 'The apple is green.', 'The fig is soft.'];
    const lines = await bestLines({
      optimizer: sayingOnce(`${threeQuarters}\n${idle.join('\n')}`),
    });
    assert.deepEqual(lines, threeQuarters.split('\n'));
  });

  it('are not both of two that say the same', async () => {
    const again = ['A plum goes to south.', 'A fig goes to east.', 'An apple goes to north.'];
    const lines = await bestLines({
      optimizer: sayingOnce(`${threeQuarters}\n${again.join('\n')}`),
    });
    for (const fruit of ['apple', 'plum', 'fig']) {
      assert.equal(lines.filter(line => line.includes(`${fruit} goes to`)).length, 1, fruit);
    }
  });

  it('are none that speak of no row, such as one that asks for a form', async () => {
    const form = 'Answer in one word.';
    const lines = await bestLines({
      original: seed,
      optimizer: sayingOnce(`${threeQuarters}\n${form}\nThe fig is soft.\nPlums are sweet.`),
      task: request => {
        const answer = sortCrate(request);
        return textOf(request).includes(form) ? answer : `I think: ${answer}`;
      },
    });
    assert.ok(lines.includes(form), lines.join('\n'));
  });

  it('may be of the original, where its rows fail and none of them has need of it', async () => {
    // A wording that the task model does not know: the apples go wrong with it and without it.
    const lines = await bestLines({
      original: `Say the shed.\nAn apple belongs north.`,
      optimizer: (_, call) =>
        proposalOf(
          call === 0
            ? 'Say the shed.\nAn apple belongs north.\nplum goes to south.\nfig goes to east.'
            : `No idea ${call}.`,
        ),
      train: crates(0, 80),
    });
    assert.ok(!lines.includes('An apple belongs north.'), lines.join('\n'));
  });

  it('cost no answer of the optimizer model', async () => {
    const run = sortingRun({
      sockets,
      settings,
      optimizer: sayingOnce(
        `${threeQuarters}\nThe plum is sweet.\nThe apple is green.\nThe fig is soft.`,
      ),
    });
    const { state } = await collect(run.events);
    const removals = state.trials.filter(trial => trial.operator === 'remove');
    assert.ok(removals.length > 0);
    for (const { cost } of removals) assert.equal(cost.proposals, 0);
  });
});
