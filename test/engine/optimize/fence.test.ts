import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fenced, unfenced } from '../../../src/engine/optimize/fence.ts';

const pieces = fc.constantFrom(
  '<row>',
  '</row>',
  '</prompt_system>',
  '<PROMPT_SYSTEM >',
  '&lt;row>',
  '&amp;lt;/row>',
  '&amp;',
  '<',
  '>',
  '&',
  'lt;',
  'amp;',
  '<b>',
  ' text\n',
);
const hostile = fc
  .array(fc.oneof(pieces, fc.string({ unit: 'grapheme' })))
  .map(parts => parts.join(''));

describe('The fence around foreign text', () => {
  it('is never ended by the text inside it', () => {
    fc.assert(
      fc.property(hostile, text => {
        const request = fenced('prompt_system', text);
        assert.equal(request.match(/<\/?prompt_system\s*>/giu)?.length, 2);
        assert.ok(!/<\/?row\s*>/iu.test(request));
      }),
    );
  });

  it('gives every text back exactly as it was', () => {
    fc.assert(
      fc.property(hostile, text => {
        assert.equal(unfenced('prompt_system', fenced('prompt_system', text)), text);
      }),
    );
  });

  it('leaves tags that are not ours as they are', () => {
    assert.equal(fenced('input', '<b>bold</b> a < b'), '<input><b>bold</b> a < b</input>');
  });

  it('finds nothing where a pair is not whole', () => {
    assert.equal(unfenced('prompt_system', '<prompt_system>torn'), undefined);
    assert.equal(unfenced('prompt_system', '</prompt_system>'), undefined);
  });
});
