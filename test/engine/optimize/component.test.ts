import assert from 'node:assert/strict';
import { strategyNames } from '../../../src/engine/optimize/strategies/registry.ts';
import { collect, promptId } from '../../support/builders.ts';
import { textOf } from '../../support/scriptedModel.ts';
import { half, seed, sortingRun } from './sortingWorld.ts';

const output = 'Say one word.\nTake your time.';

/** A run whose optimizer model rewrites both parts, whatever it is asked for. */
async function candidatesOf(component: 'system' | 'output' | 'all', strategy: string) {
  const original = { system: `${seed}\nBe kind.`, output };
  const run = sortingRun({
    prompt: original,
    optimizer: (_, call) =>
      `<prompt_system>${half}\nWay ${call}.</prompt_system>\n<prompt_output>One word, way ${call}.</prompt_output>`,
    settings: { component, strategy, maxIterations: 4, patience: 4, targetThreshold: 1 },
  });
  const { state } = await collect(run.events);
  const prompts = Object.values(state.candidates).map(each => each.prompt);
  assert.ok(state.candidates[promptId(original)]);
  return { original, prompts, requests: run.optimizer.requests.map(textOf) };
}

describe('the part of a prompt that may change', () => {
  for (const strategy of strategyNames) {
    it(`is kept to by every candidate of ${strategy}`, async () => {
      const system = await candidatesOf('system', strategy);
      assert.ok(system.prompts.every(each => each.output === output));
      const outputOnly = await candidatesOf('output', strategy);
      assert.ok(outputOnly.prompts.every(each => each.system === outputOnly.original.system));
      if (strategy === 'noop') return;
      assert.ok(system.prompts.length > 1 && outputOnly.prompts.length > 1, strategy);
    });
  }

  it('is both where nothing is said, and then they change together', async () => {
    const { prompts, original } = await candidatesOf('all', 'reflect');
    assert.ok(prompts.some(each => each.output !== output && each.system !== original.system));
  });

  it('is told to the optimizer model', async () => {
    const { requests } = await candidatesOf('output', 'patch-race');
    assert.match(
      requests[0] ?? '',
      /Change the output prompt only, and give the system prompt back/,
    );
    const both = await candidatesOf('all', 'patch-race');
    assert.doesNotMatch(both.requests[0] ?? '', /prompt only/);
  });
});
