import assert from 'node:assert/strict';
import { CancelledError } from '../../../src/engine/core/errors.ts';
import type {
  LanguageModel,
  ModelAnswer,
  ModelRequest,
} from '../../../src/engine/core/languageModel.ts';
import { requestLimit, rowsFor } from '../../../src/engine/providers/requestLimit.ts';
import { anAnswer } from '../store/builders.ts';

const request: ModelRequest = { role: 'task', messages: [{ role: 'user', content: 'x' }] };

describe('A limit of requests', () => {
  it('holds over all models of a run, and frees a place where a request fails', async () => {
    let underWay = 0;
    let most = 0;
    let sent = 0;
    const model = (id: string): LanguageModel => ({
      id,
      generate: async () => {
        most = Math.max(most, (underWay += 1));
        await new Promise(resolve => setImmediate(resolve));
        underWay -= 1;
        sent += 1;
        if (sent % 5 === 0) throw new Error('overloaded');
        return anAnswer('yes');
      },
    });
    const limited = requestLimit(3);
    const models = [limited(model('task')), limited(model('judge'))];
    const ends = await Promise.allSettled(
      Array.from({ length: 100 }, (_, at) => (models[at % 2] ?? assert.fail()).generate(request)),
    );
    assert.deepEqual([most, sent], [3, 100]);
    assert.equal(ends.filter(({ status }) => status === 'rejected').length, 20);
  });

  it('sends nothing for whoever was cancelled while waiting', async () => {
    const cancelling = new AbortController();
    const sent: ((answer: ModelAnswer) => void)[] = [];
    const model = requestLimit(1)({
      id: 'task',
      generate: () => new Promise(resolve => sent.push(resolve)),
    });
    const first = model.generate(request);
    const second = model.generate(request, cancelling.signal);
    await new Promise(resolve => setImmediate(resolve));
    cancelling.abort();
    sent[0]?.(anAnswer('yes'));
    await first;
    await assert.rejects(second, CancelledError);
    assert.equal(sent.length, 1);
  });

  it('works on some rows more than it sends requests, but never on two for one', () => {
    assert.deepEqual([1, 3, 8, 50].map(rowsFor), [1, 3, 10, 62]);
  });
});
