import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePromptFile, type OptimizeRequest } from '../../src/engine/index.ts';
import { strategyNames } from '../../src/engine/optimize/strategies/registry.ts';
import { examplesFolder, wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const request: OptimizeRequest = {
  promptName: 'triage',
  prompt: parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8')),
  dataset: 'tickets.csv',
  metrics: ['accuracy'],
};

/** How often the models were asked in a whole run, repeats that cost nothing included. */
async function callsOf(asked: OptimizeRequest): Promise<number> {
  const { state } = await wholeRun(wholeEngine().optimize(asked));
  assert.ok(!['failed', 'budget'].includes(state.ended?.reason ?? ''), state.ended?.sentence);
  const { task, optimizer } = state.spending;
  return task.calls + task.cached + optimizer.calls + optimizer.cached;
}

describe('The calls of an estimate', function () {
  this.timeout(300_000);
  this.slow(60_000);

  for (const strategy of strategyNames) {
    for (const settings of [
      { seed: 1 },
      { seed: 3, patience: 1, maxIterations: 1, targetThreshold: 0.5 },
    ]) {
      it(`hold for ${strategy} with ${JSON.stringify(settings)}`, async () => {
        const asked = { ...request, settings: { ...settings, strategy } };
        const { calls, minutes, tokens } = await wholeEngine().estimate(asked);
        const made = await callsOf(asked);
        assert.ok(calls.low <= made && made <= calls.high, `${made} of ${JSON.stringify(calls)}`);
        for (const { low, likely, high } of [calls, minutes, tokens]) {
          assert.ok(low <= likely && likely <= high, JSON.stringify({ low, likely, high }));
        }
      });
    }
  }
});
