import assert from 'node:assert/strict';
import { findSpan } from '../../src/vscode/findSpan.ts';

describe('finding a text again', () => {
  it('takes the place where it stood, even if it stands elsewhere too', () => {
    assert.equal(findSpan('ab ab ab', 'ab', 3), 3);
  });

  it('follows it to the one other place it moved to', () => {
    assert.equal(findSpan('new line\nprompt\n', 'prompt', 0), 9);
  });

  it('finds nothing where it changed', () => {
    assert.equal(findSpan('promt', 'prompt', 0), undefined);
  });

  it('does not guess between two places', () => {
    assert.equal(findSpan('x ab ab', 'ab', 0), undefined);
    assert.equal(findSpan('baaa', 'aa', 0), undefined);
  });
});
