import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProviderError } from '../../../src/engine/core/errors.ts';
import type { ProviderProblem } from '../../../src/engine/core/errors.ts';
import type { ModelAnswer } from '../../../src/engine/core/languageModel.ts';
import type { GeminiServer } from './geminiServer.ts';
import { startGeminiServer } from './geminiServer.ts';

const recorded = join(import.meta.dirname, '../../../../shared/data/provider/gemini-firebase');

/** What recorded answers with "failure" in their names come to. */
const failures: readonly (readonly [RegExp, ProviderProblem | 'refused answer' | 'answer'])[] = [
  [/unknown-enum-finish-reason/, 'answer'],
  [/safety|blocked|only-prompt-feedback/, 'refused answer'],
  [/api-key/, 'key-wrong'],
  [/not-enabled|permission-denied|user-location|http-error/, 'forbidden'],
  [/unknown-model|model-not-found/, 'model-unknown'],
  [/quota-exceeded/, 'quota'],
  [/invalid-location/, 'not-a-provider'],
  [/context-cache-not-found/, 'not-a-provider'],
  [/context-cache|image-rejected/, 'bad-request'],
  [/empty-content|malformed-content|invalid-response|message-no-content/, 'broken-answer'],
];

/** Recorded successes of other kinds of requests: calls of functions, counts of tokens. */
const withoutText =
  /function-call-(?!mixed)|image-invalid|token-response|total-tokens|billable|empty-text-part/;

describe('Recorded answers of Gemini', () => {
  let gemini: GeminiServer;
  before(async () => {
    gemini = await startGeminiServer();
  });
  after(() => gemini.close());

  const folders = existsSync(recorded) ? ['vertexai', 'googleai'] : [];
  if (folders.length === 0) {
    it('are skipped: ../shared/data is not on this machine', function () {
      this.skip();
    });
  }
  for (const folder of folders) {
    for (const name of readdirSync(join(recorded, folder)).filter(file =>
      file.startsWith('unary-'),
    )) {
      it(`${folder}/${name} comes to ${expectedOf(name)}`, async () => {
        const body = readFileSync(join(recorded, folder, name), 'utf8');
        const code = /"code":\s*(\d{3})/.exec(body)?.[1];
        const status = name.endsWith('.html') ? 404 : code ? Number(code) : 200;
        const result = await gemini.ask({ status, body });
        assert.equal(
          outcomeOf(result),
          expectedOf(name),
          result instanceof Error ? result.message : '',
        );
      });
    }
  }
});

function expectedOf(name: string): string {
  if (name.includes('success')) return withoutText.test(name) ? 'broken-answer' : 'answer';
  return failures.find(([pattern]) => pattern.test(name))?.[1] ?? 'not in the list';
}

function outcomeOf(result: ModelAnswer | Error): string {
  if (result instanceof ProviderError) return result.problem;
  if (result instanceof Error) return String(result);
  return result.finish === 'refused' ? 'refused answer' : 'answer';
}
