import assert from 'node:assert/strict';
import { GuardError, ProviderError } from '../../../src/engine/core/errors.ts';
import { refine } from '../../../src/engine/refine/refine.ts';
import { scriptedModel, textOf } from '../../support/scriptedModel.ts';
import { rewritten } from './rewritten.ts';

const text = 'You have to sum up {{text}} for the reader and name the three main points of it.';
const better = 'Sum up {{text}} for the reader. Name its three main points.';

describe('several candidates', () => {
  it('are asked for at once from different angles, each with its tokens and reasons', async () => {
    const model = scriptedModel((_request, call) =>
      rewritten(`${better} ${'x'.repeat(call * 4)}`.trim(), [`Change ${call}`, 'Why']),
    );
    const { candidates, after, usage } = await refine({ text, candidates: 3 }, model);
    assert.equal(candidates.length, 3);
    assert.equal(after, candidates[0]?.text);
    assert.deepEqual(
      candidates.map(each => each.changes[0]?.what),
      ['Change 0', 'Change 1', 'Change 2'],
    );
    assert.deepEqual(candidates[0]?.tokens, { before: 20, after: 15, estimated: true });
    assert.equal(usage.calls, 3);
    assert.equal(new Set(model.requests.map(textOf)).size, 3);
    assert.deepEqual(
      model.requests.map(each => each.sample),
      [undefined, 1, 2],
    );
  });

  it('count tokens with the tokenizer that was handed in', async () => {
    const { candidates } = await refine({ text }, scriptedModel([rewritten(better)]), undefined, {
      countTokens: each => each.split(' ').length,
    });
    assert.deepEqual(candidates[0]?.tokens, { before: 17, after: 11, estimated: false });
  });

  it('show a refused one behind the good ones, with the guard that refused it', async () => {
    const model = scriptedModel(request =>
      textOf(request).includes('closest to the wording') || textOf(request).includes('once more')
        ? rewritten('Sum it up for the reader.')
        : rewritten(better),
    );
    const { candidates, after } = await refine({ text, candidates: 2 }, model);
    const [good, bad] = candidates;
    assert.equal(after, better);
    assert.equal(good?.text, better);
    assert.deepEqual(
      bad?.refused?.map(each => each.guard),
      ['placeholders'],
    );
    assert.equal(bad.text, 'Sum it up for the reader.');
  });

  it('that say the same are one, and one that did not come is a note', async () => {
    const same = await refine({ text, candidates: 4 }, scriptedModel([rewritten(better)]));
    assert.equal(same.candidates.length, 1);
    assert.match(same.notes.join(), /3 of 4 candidates were the same/);
    const model = scriptedModel(request =>
      /fewest words|closest/.test(textOf(request))
        ? new ProviderError('timeout', 'Too slow.', { scope: 'row' })
        : rewritten(better),
    );
    const { notes, candidates } = await refine({ text, candidates: 2 }, model);
    assert.equal(candidates.length, 1);
    assert.deepEqual(notes, ['A candidate did not come: Too slow.']);
  });

  it('that are all refused are an error with the first one in it', async () => {
    await assert.rejects(
      refine({ text, candidates: 3 }, scriptedModel([rewritten('Sum up.')])),
      (error: unknown) => {
        assert.ok(error instanceof GuardError);
        assert.equal(error.text, 'Sum up.');
        return true;
      },
    );
  });
});
