import assert from 'node:assert/strict';
import { CancelledError, ProviderError } from '../../../src/engine/core/errors.ts';
import type { ModelAnswer } from '../../../src/engine/core/languageModel.ts';
import { openaiProvider } from '../../../src/engine/providers/openai.ts';
import { withRetry } from '../../../src/engine/providers/retry.ts';
import { fetchTransport, loopbackTransport } from '../../../src/engine/providers/transport.ts';
import type { Transport } from '../../../src/engine/providers/transport.ts';
import type { FaultyProvider } from '../../support/faultyProvider.ts';
import { scriptedFaults, startFaultyProvider } from '../../support/faultyProvider.ts';

/** What each streamed fault has to come to; "hello", whole, in one request where nothing is said. */
const outcomes: Readonly<
  Record<
    string,
    { text?: string; finish?: ModelAnswer['finish']; requests?: number; problem?: string }
  >
> = {
  's-ok': {},
  's-reset': { requests: 2 },
  's-clean-end-no-done-no-finish': { requests: 2 },
  's-finish-but-no-done': {},
  's-done-but-finish-null': {},
  's-stall-after-first': { requests: 2 },
  's-keepalive-comments-only': { requests: 3, problem: 'timeout' },
  's-bad-json': { requests: 2 },
  's-error-event': { requests: 2 },
  's-plain-json-answer': {},
  's-first-chunk-empty-choices': {},
  's-usage-chunk-last': {},
  's-split-utf8': { text: '' },
  's-crlf-lines': {},
  's-no-space-after-colon': {},
  's-multiline-data': {},
  's-after-done-garbage': {},
  's-done-but-socket-stays-open': {},
  's-cumulative-gateway': { text: 'helhello' },
  's-reasoning-content': {},
  's-content-filter-mid': { text: 'hel', finish: 'refused' },
  's-429': { requests: 2 },
};

const slow = ['s-stall-after-first', 's-keepalive-comments-only'];
const streamed = scriptedFaults().filter(fault => fault.mode === 'stream');

for (const [road, transport] of [
  ['a plain socket', loopbackTransport],
  ['fetch', fetchTransport],
] as const) {
  describe(`Streamed answers over ${road}`, () => {
    let server: FaultyProvider;
    before(async () => {
      server = await startFaultyProvider();
    });
    after(() => server.close());

    it('are judged for every scripted fault', function () {
      if (streamed.length === 0) this.skip();
      assert.deepEqual(streamed.map(fault => fault.id).sort(), Object.keys(outcomes).sort());
    });

    for (const fault of streamed) {
      it(`${fault.id}: ${fault.must}`, async function () {
        this.timeout(10_000);
        server.play(fault);
        const wanted = outcomes[fault.id] ?? assert.fail(fault.id);
        const told: string[] = [];
        const answer = await ask(fault.id, transport, told).catch((error: unknown) => error);
        assert.equal(server.requests(), wanted.requests ?? 1, 'requests');
        if (wanted.problem) {
          assert.ok(answer instanceof ProviderError);
          assert.equal(answer.problem, wanted.problem);
          return;
        }
        if (answer instanceof Error) throw answer;
        const { text, finish } = answer as ModelAnswer;
        if (wanted.text !== '') assert.equal(text, wanted.text ?? 'hello');
        else assert.match(text, /^[^\u{FFFD}]+$/u);
        assert.equal(finish, wanted.finish ?? 'stop');
        assert.equal(told.at(-1), text, 'the last that was told is the answer');
        growsOrBeginsAnew(told, server.requests());
      });
    }

    it('book the tokens of the last piece', async function () {
      const fault = streamed.find(each => each.id === 's-usage-chunk-last');
      if (!fault) return this.skip();
      server.play(fault);
      const { usage } = await ask(fault.id, transport, []);
      assert.deepEqual([usage.inputTokens, usage.outputTokens, usage.estimated], [11, 2, false]);
    });

    it('are asked for in another way where the server refuses that one', async function () {
      const ok = streamed.find(each => each.id === 's-ok')?.responses ?? this.skip();
      const plain = streamed.find(each => each.id === 's-plain-json-answer')?.responses ?? [];
      for (const [words, then] of [
        ['stream_options is not supported', ok],
        ['Streaming is not supported by this model', plain],
      ] as const) {
        const body = JSON.stringify({ error: { message: words } });
        const headers = { 'content-type': 'application/json' };
        const refusal = { status: 400, headers, chunks: [{ utf8: body }], end: 'end' } as const;
        const fault = {
          id: words,
          mode: 'stream',
          class: 'ok',
          must: '',
          responses: [refusal, ...then],
        } as const;
        server.play(fault);
        assert.equal((await ask(words, transport, [])).text, 'hello');
        assert.equal(server.requests(), 2);
      }
    });

    it('can be cancelled at once while they stall', async function () {
      const fault = streamed.find(each => each.id === 's-stall-after-first');
      if (!fault) return this.skip();
      server.play(fault);
      const stop = new AbortController();
      const start = performance.now();
      const asked = ask(
        'patient',
        transport,
        { push: () => setTimeout(() => stop.abort(), 20) },
        stop.signal,
      );
      await assert.rejects(asked, CancelledError);
      assert.ok(performance.now() - start < 3000);
    });

    async function ask(
      id: string,
      by: Transport,
      told: { push(text: string): unknown },
      signal?: AbortSignal,
    ): Promise<ModelAnswer> {
      const provider = openaiProvider({
        baseUrl: server.url,
        transport: by,
        keyFor: () => Promise.resolve(undefined),
        timeouts: slow.includes(id)
          ? { firstByteMs: 500, idleMs: 500, totalMs: 5000 }
          : { firstByteMs: 8000, idleMs: 8000, totalMs: 8000 },
      });
      const model = withRetry(provider.model('m'), {
        random: () => 0,
        sleep: () => Promise.resolve(),
      });
      const messages = [{ role: 'user', content: 'Say hello.' }] as const;
      return model.generate({ role: 'optimizer', messages }, signal, text => void told.push(text));
    }
  });
}

/** Every text goes on from the one before it, or begins a new attempt: nothing is doubled. */
function growsOrBeginsAnew(told: readonly string[], requests: number): void {
  const anew = told.filter((text, at) => !text.startsWith(told[at - 1] ?? ''));
  assert.ok(anew.length < requests || anew.length === 0, JSON.stringify(told));
}
