import assert from 'node:assert/strict';
import fc from 'fast-check';
import { GuardError, RequestError } from '../../../src/engine/core/errors.ts';
import { refine } from '../../../src/engine/refine/refine.ts';
import { scriptedModel, textOf } from '../../support/scriptedModel.ts';
import { rewritten } from './rewritten.ts';

const text =
  'Please read this.\n\nLEGAL:  Never give\tadvice about {{law}}. \n\nThen answer {{q}} pls.\n';
const start = text.indexOf('LEGAL');
const locked = [{ start, end: text.indexOf('\n\nThen') }];
const lockedText = text.slice(start, locked[0]?.end);

describe('a locked section', () => {
  it('comes back byte for byte, in the place that the model gave it', async () => {
    const model = scriptedModel([rewritten('Read this.\n\n[[LOCKED_1]]\n\nAnswer {{q}}.')]);
    const { after, candidates } = await refine({ text, locked }, model);
    assert.equal(after, `Read this.\n\n${lockedText}\n\nAnswer {{q}}.\n`);
    const place = candidates[0]?.locked?.[0];
    assert.equal(after.slice(place?.start, place?.end), lockedText);
  });

  it('is shown to the model beside its mark, and stands nowhere else', async () => {
    const model = scriptedModel([rewritten('[[LOCKED_1]]\nAnswer {{q}}.')]);
    await refine({ text, locked }, model);
    const sent = textOf(model.requests[0] ?? assert.fail('nothing was sent'));
    assert.match(sent, /\[\[LOCKED_1\]\]:\n<locked_text>\nLEGAL: {2}Never give\tadvice/);
    assert.equal(sent.split('Never give').length, 2);
  });

  it('is asked for once more where it was lost, doubled or changed, then refused', async () => {
    for (const [broken, why] of [
      ['Answer {{q}}.', /LOCKED_1\]\] is lost or changed/],
      ['[[LOCKED_1]] [[LOCKED_1]] Answer {{q}}.', /LOCKED_1\]\] occurs 2 times/],
      ['[[LOCKED_1] Answer {{q}}.', /is lost or changed/],
      [`${lockedText} Answer {{q}}.`, /is lost or changed/],
      ['[[LOCKED_1]] [[LOCKED_2]] Answer {{q}}.', /LOCKED_2\]\] stands for no locked section/],
      ['[[LOCKED_1]] {{law}} Answer {{q}}.', /placeholder \{\{law\}\} is new/],
    ] as const) {
      const twice = scriptedModel([rewritten(broken)]);
      await assert.rejects(refine({ text, locked }, twice), (error: unknown) => {
        assert.ok(error instanceof GuardError);
        assert.match(error.message, why);
        return true;
      });
      const repaired = scriptedModel([rewritten(broken), rewritten('[[LOCKED_1]]\nAnswer {{q}}.')]);
      assert.ok((await refine({ text, locked }, repaired)).after.includes(lockedText));
      assert.match(textOf(repaired.requests[1] ?? assert.fail('not asked again')), why);
    }
  });

  it('keeps its order among others', async () => {
    const two = {
      text: 'AAA one BBB two CCC',
      locked: [
        { start: 0, end: 3 },
        { start: 8, end: 11 },
      ],
    };
    const swapped = scriptedModel([rewritten('[[LOCKED_2]] one [[LOCKED_1]] two CCC')]);
    await assert.rejects(refine(two, swapped), /changed places/);
    const right = scriptedModel([rewritten('[[LOCKED_1]] 1 [[LOCKED_2]] 2 CCC')]);
    assert.equal((await refine(two, right)).after, 'AAA 1 BBB 2 CCC');
  });

  it('is sealed in the last result too, where a person refines again', async () => {
    const model = scriptedModel([rewritten('[[LOCKED_1]]\nAnswer {{q}} now.')]);
    const previous = { text: `Before.\n${lockedText}\nAnswer {{q}}.` };
    const { after } = await refine({ text, locked, previous, instruction: 'sooner' }, model);
    assert.ok(after.startsWith(lockedText));
    assert.match(
      textOf(model.requests[0] ?? assert.fail('nothing was sent')),
      /<previous_text>\nBefore.\n\[\[LOCKED_1\]\]\nAnswer/,
    );
  });

  it('gets another mark in a text that speaks of LOCKED itself', async () => {
    const model = scriptedModel(request => {
      assert.match(textOf(request), /\[\[LOCKED_PART2_1\]\]/);
      return rewritten('Say LOCKED. [[LOCKED_PART2_1]]');
    });
    const odd = { text: 'say LOCKED pls. [[LOCKED_1]]', locked: [{ start: 16, end: 28 }] };
    assert.equal((await refine(odd, model)).after, 'Say LOCKED. [[LOCKED_1]]');
  });

  it('is refused before anything is sent where it makes no sense', async () => {
    const model = scriptedModel([rewritten('x')]);
    const at = text.indexOf('{{law}}');
    for (const [wrong, why] of [
      [{ start: -1, end: 3 }, /not inside the text/],
      [{ start: 3, end: 1 }, /not inside the text/],
      [{ start: 0, end: text.length + 1 }, /not inside the text/],
      [{ start: 0.5, end: 2 }, /not inside the text/],
      [{ start: 0, end: at + 3 }, /cuts through \{\{law\}\}/],
      [{ start: 0, end: text.length }, /whole text is locked/],
    ] as const) {
      await assert.rejects(refine({ text, locked: [wrong] }, model), (error: unknown) => {
        assert.ok(error instanceof RequestError);
        assert.match(error.message, why);
        return true;
      });
    }
    const smile = { text: 'a 😀 b', locked: [{ start: 0, end: 3 }] };
    await assert.rejects(refine(smile, model), /cuts through a character/);
    assert.equal(model.requests.length, 0);
  });

  it('survives byte for byte whatever it holds and whatever stands around it', async () => {
    const plain = fc
      .string({ unit: 'binary', maxLength: 30 })
      .map(each => each.replace(/[{}<>$%]/g, '.'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(plain, plain), { minLength: 1, maxLength: 4 }),
        async pairs => {
          let whole = 'Begin ';
          const sections = pairs.map(([open, kept]) => {
            whole += `${open} | `;
            const from = whole.length;
            whole += `§${kept}§`;
            const section = { start: from, end: whole.length };
            whole += ' | ';
            return section;
          });
          const model = scriptedModel(request => {
            const sent = /<prompt_text>\n([^]*?)\n<\/prompt_text>/.exec(textOf(request))?.[1] ?? '';
            return rewritten(`Now: ${sent}`);
          });
          const { after, candidates } = await refine(
            { text: whole, locked: sections, instruction: 'x' },
            model,
          );
          const places = candidates[0]?.locked ?? [];
          assert.deepEqual(
            places.map(place => after.slice(place.start, place.end)),
            sections.map(place => whole.slice(place.start, place.end)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
