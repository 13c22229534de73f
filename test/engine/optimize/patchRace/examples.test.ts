import assert from 'node:assert/strict';
import { patchRace } from '../../../../src/engine/optimize/patchRace/patchRace.ts';
import { collect } from '../../../support/builders.ts';
import { textOf } from '../../../support/scriptedModel.ts';
import { crates, crateOf, seed, sheds, sortingRun } from '../sortingWorld.ts';

/** Follows examples and nothing else: what the prompt says of a fruit does not help. */
function byExample(text: string): string {
  const fruit = /.*crate \d+: (\w+)/s.exec(text)?.[1] ?? '';
  const shown = new RegExp(`crate \\d+: ${fruit}\\s+Answer: (\\w+)`).exec(text)?.[1];
  return shown ?? (fruit === 'apple' ? sheds.apple : 'unknown');
}

function run() {
  return sortingRun({
    original: seed,
    train: crates(0, 40),
    optimizer: (_, call) =>
      `<prompt_system>${seed}\nThe kiwi is fruit ${call}.</prompt_system>\n<prompt_output></prompt_output>\n<rationale>Because.</rationale>`,
    task: request => byExample(textOf(request)),
    settings: { patience: 24, maxIterations: 40, targetThreshold: 2 },
    sockets: { strategy: patchRace },
  });
}

describe('Examples in a patch race', () => {
  it('are tried where proposals do not help, and kept where they do', async () => {
    const { state } = await collect(run().events);
    const trial = state.trials.find(each => each.operator === 'demos' && each.status === 'decided');
    assert.ok(trial?.status === 'decided' && trial.accepted && trial.number > 8);
    assert.match(state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '', /Examples:/);
  });

  it('are train rows, which are no train rows of that prompt any more', async () => {
    const sorting = run();
    const { state } = await collect(sorting.events);
    const best = state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '';
    const shown = [...best.matchAll(/crate (\d+):/g)].map(match => Number(match[1]));
    assert.ok(shown.length > 1 && shown.every(number => number < 40));
    const asked = sorting.task.requests.filter(({ messages }) =>
      messages.some(({ content }) => content.includes(best)),
    );
    assert.ok(asked.length > 0);
    for (const request of asked) {
      const own = [...textOf(request).matchAll(/crate (\d+):/g)].map(match => Number(match[1]));
      assert.ok(!shown.includes(own.at(-1) ?? crateOf(request)), textOf(request));
    }
  });
});
