import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuardError, RequestError } from '../../../src/engine/core/errors.ts';
import type { RefineRequest } from '../../../src/engine/core/refinement.ts';
import { changedWords } from '../../../src/engine/refine/changedWords.ts';
import { refine } from '../../../src/engine/refine/refine.ts';
import { techniques } from '../../../src/engine/refine/techniques/registry.ts';
import { scriptedModel, textOf, type Reply } from '../../support/scriptedModel.ts';
import { rewritten } from './rewritten.ts';

const text = 'You have to sum up {{text}} for the reader and name the three main points of it.';
const better = 'Sum up {{text}} for the reader. Name its three main points.';

function sentWith(request: Partial<RefineRequest>, ...replies: Reply[]) {
  const model = scriptedModel(replies.length > 0 ? replies : [rewritten(better)]);
  return { model, refinement: refine({ text, ...request }, model) };
}

async function firstRequest(request: Partial<RefineRequest>): Promise<string> {
  const { model, refinement } = sentWith(request);
  await refinement.catch(() => undefined);
  return textOf(model.requests[0] ?? assert.fail('nothing was sent'));
}

describe('techniques of refinement', () => {
  it('tell the model their advice, in the order in which they were named', async () => {
    const sent = await firstRequest({ techniques: ['shorten', 'clarity'] });
    assert.match(sent, /Shorten: Make the prompt shorter[^]*Clarity: Rewrite for clarity/);
    assert.doesNotMatch(await firstRequest({}), /Rewrite it in this way/);
    for (const { name, title } of techniques) {
      assert.ok(
        (await firstRequest({ techniques: [name], answers: [] })).includes(`${title}: `),
        name,
      );
    }
  });

  it('are documented, each by its name', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/techniques.md'), 'utf8');
    for (const { name } of techniques) assert.match(page, new RegExp(`^## \`${name}\``, 'm'));
  });

  it('are refused by name where there is no such one, or where two contradict each other', async () => {
    const { model, refinement } = sentWith({ techniques: ['magic'] });
    await assert.rejects(refinement, /no technique "magic". Choose among clarity, structured/);
    assert.equal(model.requests.length, 0);
    await assert.rejects(
      sentWith({ techniques: ['structured', 'minimal-edit'] }).refinement,
      /structured and minimal-edit contradict each other/,
    );
  });

  it('refuse numbers out of their range before anything is sent', async () => {
    for (const wrong of [
      { candidates: 0 },
      { candidates: 6 },
      { candidates: 1.5 },
      { rounds: 0 },
      { editBudget: 0 },
      { editBudget: 2 },
      { editBudget: NaN },
    ]) {
      const { model, refinement } = sentWith(wrong);
      await assert.rejects(refinement, RequestError);
      assert.equal(model.requests.length, 0);
    }
  });
});

describe('a minimal edit', () => {
  const long = Array.from({ length: 100 }, (_, at) => `word${at}`).join(' ');
  const edited = (words: number): string =>
    long
      .split(' ')
      .map((word, at) => (at < words ? 'changed' : word))
      .join(' ');

  it('is refused past its budget, counted in words taken out and put in', async () => {
    const request = { text: long, techniques: ['minimal-edit'], instruction: 'x' };
    const kept = scriptedModel([rewritten(edited(10))]);
    assert.equal((await refine(request, kept)).after, edited(10));
    await assert.rejects(
      refine(request, scriptedModel([rewritten(edited(11))])),
      (error: unknown) => {
        assert.ok(error instanceof GuardError);
        assert.deepEqual(
          error.broken.map(each => each.guard),
          ['minimal-edit'],
        );
        return true;
      },
    );
    const wide = scriptedModel([rewritten(edited(11))]);
    assert.equal((await refine({ ...request, editBudget: 0.3 }, wide)).after, edited(11));
  });

  it('is the default for a prompt with scored versions, and only there', async () => {
    assert.match(await firstRequest({ scored: true }), /Make a minimal edit.*20 %/);
    assert.doesNotMatch(await firstRequest({ scored: false }), /minimal edit/);
    assert.doesNotMatch(
      await firstRequest({ scored: true, techniques: ['clarity'] }),
      /minimal edit/,
    );
  });

  it('counts words as the shortest edit script does', () => {
    assert.equal(changedWords('a b c', 'a b c', 0), 0);
    assert.equal(changedWords('a b  c', 'a\nb c', 0), 0);
    assert.equal(changedWords('a b c', 'a x c', 2), 2);
    assert.equal(changedWords('a b c', 'a x c', 1), undefined);
    assert.equal(changedWords('', 'a b', 2), 2);
    assert.equal(changedWords('a b c d', 'b c d e', 4), 2);
    assert.equal(changedWords('x '.repeat(50_000), 'y '.repeat(50_000), 200), undefined);
  });
});

describe('shortening', () => {
  it('never becomes longer', async () => {
    const { refinement } = sentWith({ techniques: ['shorten'] }, rewritten(`${text} Please.`));
    await assert.rejects(refinement, /must not become longer/);
    const { after } = await sentWith({ techniques: ['shorten'] }).refinement;
    assert.equal(after, better);
  });
});
