import assert from 'node:assert/strict';
import { GuardError } from '../../../src/engine/core/errors.ts';
import { refine } from '../../../src/engine/refine/refine.ts';
import { scriptedModel } from '../../support/scriptedModel.ts';
import { rewritten } from './rewritten.ts';

describe('the guard of placeholders and what it is told', () => {
  it('knows placeholders that only the host language can tell', async () => {
    const request = { text: 'Add {a + b} to the sum {total}.', values: ['{a + b}', '{total}'] };
    const lost = scriptedModel([rewritten('Add them to the sum {total}.')]);
    await assert.rejects(refine(request, lost), /placeholder \{a \+ b\} is lost/);
    const kept = scriptedModel([rewritten('To the sum {total}, add {a + b}.')]);
    assert.equal((await refine(request, kept)).after, 'To the sum {total}, add {a + b}.');
  });

  it('lets a wish give one up, but not where it asks to keep it', async () => {
    const model = () => scriptedModel([rewritten('Sum up the text.')]);
    const text = 'Sum up {{text}}.';
    assert.equal(
      (await refine({ text, instruction: 'remove {{text}}' }, model())).after,
      'Sum up the text.',
    );
    await assert.rejects(
      refine({ text, instruction: 'keep {{text}}, shorter' }, model()),
      GuardError,
    );
  });
});
