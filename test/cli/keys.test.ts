import assert from 'node:assert/strict';
import { environmentKeys } from '../../src/cli/keys.ts';

const environment = { OPENAI_API_KEY: ' sk-1 ' };

describe('the key of the environment', () => {
  it('goes to OpenAI', async () => {
    const { keyFor } = environmentKeys(environment, undefined);
    assert.equal(await keyFor('openai', 'https://api.openai.com'), 'sk-1');
  });

  it('goes to the address that was typed with the command, and to no other port of it', async () => {
    const { keyFor } = environmentKeys(environment, 'http://127.0.0.1:4000/v1');
    assert.equal(await keyFor('openai', 'http://127.0.0.1:4000'), 'sk-1');
    assert.equal(await keyFor('openai', 'http://127.0.0.1:4001'), undefined);
  });

  it('does not go to an address of the environment, which a workspace could set', async () => {
    const { keyFor, withheldFrom } = environmentKeys(environment, undefined);
    assert.equal(await keyFor('openai', 'https://evil.example'), undefined);
    assert.equal(withheldFrom('https://evil.example/v1'), true);
    assert.equal(withheldFrom('https://api.openai.com/v1'), false);
  });

  it('does not go to look-alikes of OpenAI or to other providers', async () => {
    const { keyFor } = environmentKeys(environment, undefined);
    for (const origin of ['http://api.openai.com', 'https://api.openai.com.evil.example', '']) {
      assert.equal(await keyFor('openai', origin), undefined);
    }
    assert.equal(await keyFor('vertex', 'https://api.openai.com'), undefined);
  });

  it('is no key where it is blank', async () => {
    const { keyFor, withheldFrom } = environmentKeys({ OPENAI_API_KEY: ' ' }, undefined);
    assert.equal(await keyFor('openai', 'https://api.openai.com'), undefined);
    assert.equal(withheldFrom('https://evil.example'), false);
  });
});
