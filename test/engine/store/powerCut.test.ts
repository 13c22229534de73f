import assert from 'node:assert/strict';
import process from 'node:process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { seededRandom } from '../../../src/engine/core/random.ts';
import type { OwnProcess } from '../../../src/engine/core/owner.ts';
import {
  emptyRun,
  reduce,
  StoreError,
  type Engine,
  type Provider,
  type RunState,
} from '../../../src/engine/index.ts';
import { localFiles } from '../../../src/engine/store/localFiles.ts';
import { mountPowerlessDisk } from '../../support/powerlessDisk.ts';
import { scriptedModel, textOf } from '../../support/scriptedModel.ts';
import { examplesFolder, wholeEngine } from '../../support/wholeEngine.ts';

/** `POWER_SEEDS=1000 npm test -- unit` is the full number. */
const seeds = Number(process.env['POWER_SEEDS'] ?? 200);
const rows = 16;
const root = '/powerless';

/** Answers at once or after some turns of the event loop, and keeps the bill. */
function billed(bill: Map<string, number>, random: () => number): Provider {
  const model = scriptedModel(async request => {
    const text = textOf(request);
    bill.set(text, (bill.get(text) ?? 0) + 1);
    for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) {
      await new Promise(setImmediate);
    }
    return `answer to ${text}`;
  }, 'billed:task');
  return {
    name: 'billed',
    list: () => Promise.resolve({ provider: 'billed', models: [] }),
    model: () => model,
    price: () => ({ inputUsd: 1e-6, outputUsd: 1e-6 }),
  };
}

/** A process of its own after each start of the machine. */
function processNumber(boot: number): OwnProcess {
  const self = { host: 'here', pid: boot, machine: 'here', startedAt: String(boot) };
  return { self, lifeOf: owner => (owner.pid === boot ? 'alive' : 'dead') };
}

const request = {
  promptName: 'triage',
  prompt: { system: 'Sort: {{ticket}}', output: '' },
  metrics: ['exact_match'],
  taskModel: 'billed:task',
} as const;

function resultOf({ evaluations }: RunState): string {
  return JSON.stringify(
    evaluations.map(({ scorecard, outcomes, rollouts }) => ({
      scorecard,
      outcomes,
      rollouts: rollouts.map(({ exampleId, output, scores }) => [exampleId, output, scores]),
    })),
  );
}

describe('a run on a disk that loses its power', function () {
  this.timeout(120_000);
  this.slow(60_000);
  let folder = '';
  let dataset = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'power-'));
    dataset = join(folder, 'tickets.csv');
    const lines = readFileSync(join(examplesFolder, 'tickets.csv'), 'utf8').split('\n');
    writeFileSync(dataset, `${lines.slice(0, rows + 1).join('\n')}\n`);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Answers the state at the end, or where the power went; tells every answer that was used. */
  async function workOn(
    engine: Engine,
    concurrency: number,
    onUse: (output: string) => void,
  ): Promise<RunState> {
    let state = emptyRun;
    try {
      const [found] = await engine.runs();
      const events = found
        ? engine.resume(found.runId)
        : engine.evaluate({ ...request, dataset, settings: { concurrency } });
      for await (const event of events) {
        state = reduce(state, event);
        if (event.type === 'rollout-end' && event.rollout.outcome === 'ok') {
          onUse(event.rollout.output);
        }
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
    return state;
  }

  it(`loses no answer that was used, and comes to the same result, with ${seeds} seeds`, async () => {
    let cuts = 0;
    let paidAgain = 0;
    let whole: string | undefined;
    for (let seed = 0; seed < seeds; seed += 1) {
      const random = seededRandom(seed, 'power');
      const concurrency = 1 + Math.floor(random() * 8);
      const bill = new Map<string, number>();
      const disk = mountPowerlessDisk(root);
      try {
        // Text of a request → how often it had been paid when its answer was first used.
        const paidAtUse = new Map<string, number>();
        let result: string | undefined;
        let boot = 1;
        for (; result === undefined; boot += 1) {
          const engine = wholeEngine({
            files: localFiles(root),
            providers: [billed(bill, random)],
            process: processNumber(boot),
          });
          // A whole run takes some 100 operations; the third start always comes to its end.
          if (boot < 3) disk.cutAt(1 + Math.floor(random() * 110));
          const state = await workOn(engine, concurrency, output => {
            const text = output.replace('answer to ', '');
            if (!paidAtUse.has(text)) paidAtUse.set(text, bill.get(text) ?? 0);
          });
          if (state.ended?.reason === 'done') result = resultOf(state);
          assert.ok(result !== undefined || boot < 3, `seed ${seed}: it did not come to its end`);
          if (result !== undefined) break;
          cuts += 1;
          disk.powerUp(random);
        }
        assert.deepEqual(bill, paidAtUse, `seed ${seed}: an answer was paid again after its use`);
        const again = [...bill.values()].reduce((sum, times) => sum + times - 1, 0);
        paidAgain += again;
        assert.equal(bill.size, rows);
        assert.ok(again <= (boot - 1) * concurrency, `seed ${seed}: ${again} paid again`);
        whole ??= result;
        assert.equal(result, whole, `seed ${seed}: another result`);
      } finally {
        disk.remove();
      }
    }
    console.log(`      ${cuts} power cuts, ${paidAgain} answers paid again`);
    assert.ok(cuts > seeds);
  });

  it('never passes its budget, whatever the power cut took of what was sent', async () => {
    let cuts = 0;
    for (let seed = 0; seed < Math.max(20, seeds / 4); seed += 1) {
      const random = seededRandom(seed, 'budget');
      const concurrency = 1 + Math.floor(random() * 8);
      const budget = { calls: 6 + Math.floor(random() * rows) };
      const bill = new Map<string, number>();
      const disk = mountPowerlessDisk(root);
      try {
        for (let boot = 1; boot <= 4; boot += 1) {
          const engine = wholeEngine({
            files: localFiles(root),
            providers: [billed(bill, random)],
            process: processNumber(boot),
          });
          if (boot < 4) disk.cutAt(1 + Math.floor(random() * 60));
          const [found] = await engine.runs().catch(() => []);
          const settings = { concurrency, budget };
          const events = found
            ? engine.resume(found.runId)
            : engine.evaluate({ ...request, dataset, settings });
          try {
            for await (const event of events) if (event.type === 'run-end') break;
          } catch (error) {
            if (!(error instanceof StoreError)) throw error;
            cuts += 1;
          }
          disk.powerUp(random);
        }
        const sent = [...bill.values()].reduce((sum, times) => sum + times, 0);
        assert.ok(sent <= budget.calls, `seed ${seed}: ${sent} of ${budget.calls} calls`);
      } finally {
        disk.remove();
      }
    }
    assert.ok(cuts > 20, `the power was cut ${cuts} times`);
  });
});
