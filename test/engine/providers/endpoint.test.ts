import assert from 'node:assert/strict';
import { RequestError } from '../../../src/engine/core/errors.ts';
import { readEndpoint, refuseClearKey } from '../../../src/engine/providers/endpoint.ts';
import { openaiPrice, vertexPrice } from '../../../src/engine/providers/prices.ts';
import { retryAfterMs, spanMs } from '../../../src/engine/providers/retryAfter.ts';
import { estimateTokens, mostRequestTokens } from '../../../src/engine/providers/tokens.ts';

describe('Base URLs', () => {
  it('cuts off slashes and the name of the method', () => {
    for (const text of [
      'https://a.example/v1',
      'https://a.example/v1/',
      'https://a.example/v1/chat/completions',
    ]) {
      assert.equal(readEndpoint(text).baseUrl, 'https://a.example/v1');
    }
  });

  it('keeps the query, which older Azure addresses need', () => {
    const endpoint = readEndpoint(
      'https://x.openai.azure.com/openai/deployments/d?api-version=2024-10-21',
    );
    assert.equal(endpoint.azure, true);
    assert.deepEqual(endpoint.query, { 'api-version': '2024-10-21' });
  });

  for (const text of [
    '',
    'api.openai.com',
    'ftp://a.example',
    'javascript:alert(1)',
    'https://',
    'file:///etc/passwd',
  ]) {
    it(`refuses "${text}" with an example of a right one`, () => {
      assert.throws(
        () => readEndpoint(text),
        (error: Error) => error instanceof RequestError && error.message.includes('like https'),
      );
    });
  }

  it('refuses a password in the URL and does not repeat it', () => {
    assert.throws(
      () => readEndpoint('https://me:secret@a.example/v1'),
      (error: Error) => error instanceof RequestError && !error.message.includes('secret'),
    );
  });

  it('does not send a key in the clear to another machine', () => {
    assert.throws(() => refuseClearKey(readEndpoint('http://a.example/v1'), 'key'), RequestError);
    assert.throws(
      () => refuseClearKey(readEndpoint('http://127.0.0.1.evil.example/v1'), 'key'),
      RequestError,
    );
    assert.throws(
      () => refuseClearKey(readEndpoint('http://localhost.evil.example/v1'), 'key'),
      RequestError,
    );
  });

  it('lets a key travel over https, and over http on this machine', () => {
    for (const text of [
      'https://a.example',
      'http://localhost:1',
      'http://127.0.0.1:1',
      'http://[::1]:1',
    ]) {
      refuseClearKey(readEndpoint(text), 'key');
    }
    refuseClearKey(readEndpoint('http://a.example/v1'), undefined);
  });
});

describe('Waits that servers ask for', () => {
  it('reads spans', () => {
    assert.deepEqual(
      ['2s', '1m30s', '250ms', '34.4s', '1h'].map(spanMs),
      [2000, 90_000, 250, 34_400, 3_600_000],
    );
    assert.deepEqual(['', 'soon', '5', '-1s', null].map(spanMs), Array(5).fill(undefined));
  });

  it('holds a date against the clock of the answer', () => {
    const headers = new Headers({
      date: 'Thu, 01 Jan 2026 00:00:00 GMT',
      'retry-after': 'Thu, 01 Jan 2026 00:00:04 GMT',
    });
    assert.equal(retryAfterMs(headers), 4000);
  });

  it('ignores the reset of a limit that is not used up', () => {
    const headers = new Headers({
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '2s',
      'x-ratelimit-remaining-tokens': '100',
      'x-ratelimit-reset-tokens': '90s',
    });
    assert.equal(retryAfterMs(headers), 2000);
  });
});

describe('Prices and tokens', () => {
  it('knows a listed price and does not guess another', () => {
    assert.deepEqual(openaiPrice('gpt-4o-mini-2024-07-18'), {
      inputUsd: 0.15 / 1e6,
      outputUsd: 0.6 / 1e6,
    });
    for (const unknown of ['gpt-4o-audio', 'gpt-5-supreme', 'my-gpt-4o', '']) {
      assert.equal(openaiPrice(unknown), undefined);
    }
    assert.ok(vertexPrice('gemini-2.5-flash'));
    assert.equal(vertexPrice('gemini-9'), undefined);
  });

  it('estimates English within a quarter of a byte-pair tokenizer', () => {
    // 44 characters: 10 tokens in cl100k_base and o200k_base.
    const estimate = estimateTokens('The quick brown fox jumps over the lazy dog.');
    assert.ok(estimate >= 8 && estimate <= 12, String(estimate));
    assert.equal(estimateTokens(''), 0);
    assert.ok(estimateTokens('日本語のテキスト') >= 8);
  });

  it('never reserves fewer tokens than bytes', () => {
    const content = 'größer 日本';
    assert.ok(
      mostRequestTokens({ messages: [{ role: 'user', content }] }) >= Buffer.byteLength(content),
    );
  });
});
