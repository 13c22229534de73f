import assert from 'node:assert/strict';
import { tokenizerOf } from '../../../src/engine/providers/tokenizer.ts';

describe('Counting tokens for a model', () => {
  it('counts as the newer models of OpenAI do, wherever they are served', async () => {
    for (const model of [
      'openai:gpt-4o',
      'openai:gpt-5-mini',
      'openai:o3',
      'vscode:copilot/gpt-4.1',
    ]) {
      const { count, exact } = await tokenizerOf(model);
      assert.equal(exact, true, model);
      assert.equal(count('Sort the ticket.'), 4, model);
      assert.equal(count(''), 0, model);
    }
  });

  it('says of every other model that it only estimates', async () => {
    const others = [
      'openai:gpt-4',
      'openai:gpt-3.5-turbo',
      'openai:llama-o1',
      'vertex:gemini-2.5-pro',
    ];
    for (const model of [...others, 'demo:task', '', undefined]) {
      assert.equal((await tokenizerOf(model)).exact, false, model);
    }
  });

  it('takes the special words of a tokenizer for the text that they are in a prompt', async () => {
    const { count } = await tokenizerOf('openai:gpt-4o');
    assert.ok(count('End with <|endoftext|> and stop.') > 8);
  });
});
