import assert from 'node:assert/strict';
import { ProviderError } from '../../../src/engine/core/errors.ts';
import type { ProviderProblem } from '../../../src/engine/core/errors.ts';
import type { ModelAnswer } from '../../../src/engine/core/languageModel.ts';
import { openaiProvider } from '../../../src/engine/providers/openai.ts';
import { withRetry } from '../../../src/engine/providers/retry.ts';
import type { Transport } from '../../../src/engine/providers/transport.ts';
import { fetchTransport, loopbackTransport } from '../../../src/engine/providers/transport.ts';
import type { FaultyProvider } from '../../support/faultyProvider.ts';
import { scriptedFaults, startFaultyProvider } from '../../support/faultyProvider.ts';

/** What each scripted fault has to come to: an answer, or a named failure. */
interface Outcome {
  readonly text?: string;
  readonly finish?: ModelAnswer['finish'];
  readonly problem?: ProviderProblem;
  readonly scope?: 'row' | 'run';
  readonly requests: number;
  /** Least wait before the second request, in milliseconds. */
  readonly waitMs?: number;
  readonly possiblyPaid?: number;
  readonly says?: RegExp;
}

const hello = { text: 'hello', finish: 'stop' } as const;
const row = 'row';
const run = 'run';

const outcomes: Readonly<Record<string, Outcome>> = {
  ok: { ...hello, requests: 1 },
  '429-no-header': { ...hello, requests: 2, waitMs: 500 },
  '429-forever': { problem: 'rate-limit', scope: row, requests: 9 },
  '429-retry-after-1': { ...hello, requests: 2, waitMs: 1000 },
  '429-retry-after-ms': { ...hello, requests: 2, waitMs: 700 },
  '429-retry-after-0': { ...hello, requests: 2 },
  '429-retry-after-120': { ...hello, requests: 2, waitMs: 120_000 },
  '429-retry-after-1-day': {
    problem: 'rate-limit',
    scope: run,
    requests: 1,
    says: /wait until .* UTC/,
  },
  '429-retry-after-date': { ...hello, requests: 2, waitMs: 3000 },
  '429-retry-after-date-server-clock-1h-behind': { ...hello, requests: 2, waitMs: 4000 },
  '429-retry-after-date-server-clock-1h-ahead': { ...hello, requests: 2, waitMs: 4000 },
  '429-retry-after-negative': { ...hello, requests: 2, waitMs: 500 },
  '429-retry-after-nonsense': { ...hello, requests: 2, waitMs: 500 },
  '429-reset-header-only': { ...hello, requests: 2, waitMs: 2000 },
  '429-insufficient-quota': { problem: 'quota', scope: run, requests: 1 },
  '429-x-should-retry-false': { problem: 'rate-limit', requests: 1 },
  '400-x-should-retry-true': { ...hello, requests: 2 },
  '500-once': { ...hello, requests: 2 },
  '503-burst-2': { ...hello, requests: 3 },
  '503-retry-after': { ...hello, requests: 2, waitMs: 1000 },
  '500-forever': { problem: 'overloaded', scope: row, requests: 7 },
  '502-html': { ...hello, requests: 2 },
  '529-overloaded': { ...hello, requests: 2 },
  '408-timeout': { ...hello, requests: 2 },
  '409-conflict': { problem: 'bad-request', requests: 1 },
  '400-context-length': { problem: 'context-length', scope: row, requests: 1 },
  '400-content-filter-azure': { problem: 'refused', scope: row, requests: 1 },
  '400-unsupported-parameter': { problem: 'bad-request', scope: run, requests: 2 },
  '401-bad-key': { problem: 'key-missing', scope: run, requests: 1 },
  '403-country': { problem: 'forbidden', scope: run, requests: 1 },
  '404-model': { problem: 'model-unknown', scope: run, requests: 1, says: /"m"/ },
  '404-html-wrong-base-url': { problem: 'not-a-provider', scope: run, requests: 1, says: /\/v1/ },
  '405-method': { problem: 'not-a-provider', scope: run, requests: 1, says: /\/v1/ },
  '307-redirect-other-host': {
    problem: 'redirect',
    scope: run,
    requests: 1,
    says: /127\.0\.0\.1:\d+/,
  },
  'reset-before-headers': { ...hello, requests: 2, possiblyPaid: 1 },
  'reset-mid-body': { ...hello, requests: 2, possiblyPaid: 1 },
  'short-body-clean-close': { ...hello, requests: 2, possiblyPaid: 1 },
  'slow-headers': { problem: 'timeout', scope: row, requests: 3, possiblyPaid: 3 },
  'slow-body-drip': { problem: 'timeout', scope: row, requests: 3, possiblyPaid: 3 },
  'truncated-json': { ...hello, requests: 2, possiblyPaid: 1 },
  'empty-body': { ...hello, requests: 2, possiblyPaid: 1 },
  'html-200': { problem: 'not-a-provider', scope: run, requests: 1, says: /captive portal/ },
  'html-as-json': { problem: 'not-a-provider', scope: run, requests: 1 },
  'json-as-text-plain': { ...hello, requests: 1 },
  'json-charset-latin1': { text: 'café', requests: 1 },
  'non-utf8': { problem: 'broken-answer', scope: row, requests: 1, says: /not UTF-8/ },
  'bom-json': { ...hello, requests: 1 },
  'empty-choices': { problem: 'broken-answer', scope: row, requests: 1, says: /no choices/ },
  'no-choices-key': { problem: 'broken-answer', scope: row, requests: 1, says: /no choices/ },
  'error-inside-200': { ...hello, requests: 2 },
  'content-null': { problem: 'broken-answer', scope: row, requests: 1, says: /empty answer/ },
  'content-parts-array': { ...hello, requests: 1 },
  'content-filter': { finish: 'refused', requests: 1 },
  'refusal-field': { finish: 'refused', requests: 1 },
  'finish-length': { text: 'The answer is 4', finish: 'cut', requests: 1 },
  'reasoning-eats-budget': { text: '', finish: 'cut', requests: 1 },
  'tool-call-instead': { problem: 'broken-answer', scope: row, requests: 1, says: /tool/ },
  'no-usage': { ...hello, requests: 1 },
  'usage-nonsense': { ...hello, requests: 1 },
  'wrong-model-echoed': { ...hello, requests: 1 },
  'two-choices': { requests: 1 },
  'proto-keys-in-answer': { ...hello, requests: 1 },
  'huge-answer-8mb': { problem: 'broken-answer', scope: row, requests: 1, says: /larger/ },
  'gzip-bomb': { problem: 'broken-answer', scope: row, requests: 1, says: /larger/ },
  'bad-gzip': { ...hello, requests: 2, possiblyPaid: 1 },
};

for (const [road, transport] of [
  ['a plain socket', loopbackTransport],
  ['fetch', fetchTransport],
] as const) {
  faultsOver(road, transport);
}

function faultsOver(road: string, transport: Transport): void {
  describe(`Provider faults over ${road}`, () => {
    const faults = scriptedFaults();
    let server: FaultyProvider;
    before(async () => {
      server = await startFaultyProvider();
    });
    after(() => server.close());

    it('names an outcome for every scripted answer that is not streamed', () => {
      const unary = faults.filter(fault => fault.mode === 'unary').map(fault => fault.id);
      assert.deepEqual(unary.sort(), Object.keys(outcomes).sort());
    });

    for (const fault of faults) {
      const wanted = outcomes[fault.id];
      if (!wanted) continue;
      it(`${fault.id}: ${fault.must}`, async function () {
        this.timeout(10_000);
        server.play(fault);
        const { result, waits } = await askWithRetries(server.url, transport, fault.id);
        assert.equal(server.requests(), wanted.requests, 'requests');
        assert.equal(server.strayed(), 0, 'requests at another origin');
        assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
        if (wanted.waitMs !== undefined)
          assert.ok((waits[0] ?? 0) >= wanted.waitMs, `waited ${waits[0]}`);
        if (wanted.problem) expectProblem(result, wanted);
        else expectAnswer(result, wanted);
      });
    }

    it('books the tokens that a provider reports', async () => {
      const { usage } = await answerTo('ok');
      assert.deepEqual([usage.inputTokens, usage.outputTokens, usage.estimated], [11, 2, false]);
    });

    it('estimates tokens that are missing or impossible, and says so', async () => {
      for (const id of ['no-usage', 'usage-nonsense']) {
        const { usage } = await answerTo(id);
        assert.equal(usage.estimated, true);
        assert.ok(usage.inputTokens > 0 && usage.inputTokens < 100, String(usage.inputTokens));
        assert.ok(usage.outputTokens > 0 && usage.outputTokens < 100, String(usage.outputTokens));
      }
    });

    it('books an answer whose tokens all went into reasoning', async () => {
      const { usage } = await answerTo('reasoning-eats-budget');
      assert.equal(usage.inputTokens + usage.outputTokens, 523);
    });

    it('keeps the model name that the provider reports', async () => {
      assert.equal((await answerTo('wrong-model-echoed')).model, 'some-other-model');
    });

    it('takes the choice with index 0 whatever the order', async () => {
      assert.notEqual((await answerTo('two-choices')).text, 'second');
    });

    async function answerTo(id: string): Promise<ModelAnswer> {
      const fault = faults.find(each => each.id === id);
      assert.ok(fault);
      server.play(fault);
      const { result } = await askWithRetries(server.url, transport, fault.id);
      if (result instanceof Error) throw result;
      return result;
    }
  });
}

async function askWithRetries(
  url: string,
  transport: Transport,
  faultId: string,
): Promise<{ result: ModelAnswer | Error; waits: number[] }> {
  const provider = openaiProvider({
    baseUrl: url,
    transport,
    keyFor: () => Promise.resolve(undefined),
    // Short only where the fault is slowness: a busy machine must not look like a slow provider.
    timeouts: faultId.startsWith('slow-')
      ? { firstByteMs: 300, idleMs: 300, totalMs: 600 }
      : { firstByteMs: 8000, idleMs: 8000, totalMs: 8000 },
  });
  let clock = 1_000_000;
  const waits: number[] = [];
  const model = withRetry(provider.model('m'), {
    now: () => clock,
    random: () => 0,
    sleep: ms => {
      waits.push(ms);
      clock += ms;
      return Promise.resolve();
    },
  });
  try {
    const messages = [{ role: 'user', content: 'Say hello.' }] as const;
    const result = await model.generate({ role: 'task', messages, maxTokens: 50 });
    return { result, waits };
  } catch (error) {
    assert.ok(error instanceof Error);
    return { result: error, waits };
  }
}

function expectProblem(result: ModelAnswer | Error, wanted: Outcome): void {
  assert.ok(result instanceof ProviderError, `not a ProviderError: ${JSON.stringify(result)}`);
  assert.equal(result.problem, wanted.problem, result.message);
  if (wanted.scope) assert.equal(result.scope, wanted.scope);
  if (wanted.says) assert.match(result.message, wanted.says);
  if (wanted.possiblyPaid !== undefined) assert.equal(result.possiblyPaid, wanted.possiblyPaid);
  assert.ok(result.message.length < 500, 'a sentence, not a page');
  assert.doesNotMatch(result.message, /<script|sk-FAKE/);
}

function expectAnswer(result: ModelAnswer | Error, wanted: Outcome): void {
  if (result instanceof Error) throw result;
  if (wanted.text !== undefined) assert.equal(result.text, wanted.text);
  if (wanted.finish) assert.equal(result.finish, wanted.finish);
  assert.equal(result.usage.possiblyPaid ?? 0, wanted.possiblyPaid ?? 0, 'possibly paid');
}
