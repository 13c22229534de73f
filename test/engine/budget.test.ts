import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ProviderError } from '../../src/engine/core/errors.ts';
import { seededRandom } from '../../src/engine/core/random.ts';
import type { Budget, EvaluateRequest, Provider } from '../../src/engine/index.ts';
import { mostRequestTokens } from '../../src/engine/providers/tokens.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import { wholeEngine } from '../support/wholeEngine.ts';

const runs = 1_000;
const rows = 20;
const maxTokens = 50;

/** What the provider charges for, by its own books. */
interface Bill {
  usd: number;
  tokens: number;
  calls: number;
  /** After a kill nothing arrives any more. */
  dead: boolean;
}

/** A provider with a price of its own, that bills what it is sent, answered or not. */
function billing(bill: Bill, price: { inputUsd: number; outputUsd: number }, random: () => number) {
  const provider: Provider = {
    name: 'billing',
    list: () => Promise.resolve({ provider: 'billing', models: [] }),
    price: () => price,
    model: () => ({
      id: 'billing:task',
      async generate(request) {
        if (bill.dead) await new Promise(() => {});
        const most = mostRequestTokens(request);
        const inputTokens = 1 + Math.floor(random() * most);
        const outputTokens = Math.floor(random() * ((request.maxTokens ?? 0) + 1));
        const refused = random() < 0.1;
        if (!refused) {
          bill.calls += 1;
          bill.tokens += inputTokens + outputTokens;
          bill.usd += inputTokens * price.inputUsd + outputTokens * price.outputUsd;
        }
        for (let turns = Math.floor(random() * 3); turns > 0; turns -= 1) {
          await new Promise(setImmediate);
        }
        if (refused || random() < 0.1) {
          const problem = refused ? 'overloaded' : 'broken-answer';
          throw new ProviderError(problem, 'No answer.', {
            scope: 'row',
            possiblyPaid: refused ? 0 : 1,
          });
        }
        const usage = { calls: 1, inputTokens, outputTokens, estimated: false };
        return { text: 'blue', finish: 'stop', model: 'billing:task', usage };
      },
    }),
  };
  return provider;
}

/** One limit or more, from next to nothing to more than the run needs. */
function drawnBudget(random: () => number, usdPerToken: number): Budget {
  const tokens = Math.ceil(random() * rows * 200);
  const wanted = 1 + Math.floor(random() * 7);
  return {
    ...(wanted & 1 ? { calls: 1 + Math.floor(random() * rows * 1.2) } : {}),
    ...(wanted & 2 ? { tokens } : {}),
    ...(wanted & 4 ? { usd: random() * rows * 200 * usdPerToken } : {}),
  };
}

describe('a budget', function () {
  this.timeout(120_000);
  this.slow(60_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'budget-'));
    const lines = Array.from({ length: rows }, (_, at) => `"Case ${at}: hello",blue`);
    writeFileSync(join(folder, 'rows.csv'), ['input,target', ...lines, ''].join('\n'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it(`is not passed by any of ${runs} runs that are killed and resumed, by the provider's own books`, async () => {
    const seen = { kills: 0, out: 0, done: 0 };
    for (let seed = 0; seed < runs; seed += 1) {
      const random = seededRandom(seed, 'budget');
      const price = { inputUsd: random() / 1e5, outputUsd: random() / 1e4 };
      const budget = drawnBudget(random, price.inputUsd + price.outputUsd);
      const request: EvaluateRequest = {
        promptName: 'blue',
        prompt: { system: 'Answer: {{input}}', output: '' },
        dataset: join(folder, 'rows.csv'),
        metrics: ['exact_match'],
        taskModel: 'billing:task',
        settings: { budget, maxTokens, concurrency: 1 + Math.floor(random() * 8) },
      };
      let texts = new Map<string, string>();
      const total = { usd: 0, tokens: 0, calls: 0 };
      for (let session = 1; session <= 3; session += 1) {
        const bill: Bill = { usd: 0, tokens: 0, calls: 0, dead: false };
        const engine = wholeEngine({
          files: memoryFiles(texts),
          providers: [billing(bill, price, random)],
          process: processNumber(session),
        });
        // The last session always comes to its end.
        const killAt = session < 3 && random() < 0.8 ? 1 + Math.floor(random() * 25) : Infinity;
        const [found] = await engine.runs();
        const events = found ? engine.resume(found.runId) : engine.evaluate(request);
        let seenEvents = 0;
        for await (const event of events) {
          if (event.type === 'run-end') seen[event.reason === 'budget' ? 'out' : 'done'] += 1;
          if ((seenEvents += 1) < killAt) continue;
          // What the disk holds now is all that the next session gets.
          texts = new Map(texts);
          bill.dead = true;
          seen.kills += 1;
          break;
        }
        total.usd += bill.usd;
        total.tokens += bill.tokens;
        total.calls += bill.calls;
      }
      for (const limit of ['usd', 'tokens', 'calls'] as const) {
        const most = budget[limit] ?? Infinity;
        assert.ok(
          total[limit] <= most * (1 + 1e-9),
          `seed ${seed}: ${total[limit]} ${limit} of ${most}`,
        );
      }
    }
    console.log(`      ${JSON.stringify(seen)}`);
    assert.ok(seen.kills > runs && seen.out > runs && seen.done > runs / 4);
  });
});

function processNumber(pid: number) {
  const self = { host: 'here', pid, machine: 'one start of it', startedAt: String(pid) };
  return {
    self,
    lifeOf: (owner: { pid: number }) => (owner.pid === pid ? 'alive' : 'dead'),
  } as const;
}
