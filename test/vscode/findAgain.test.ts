import assert from 'node:assert/strict';
import { findAgain } from '../../src/vscode/findAgain.ts';

describe('finding a text again', () => {
  it('takes the place where it stood, even if it stands elsewhere too', () => {
    assert.equal(findAgain('ab ab ab', 'ab', 3), 3);
  });

  it('follows it to the one other place it moved to', () => {
    assert.equal(findAgain('new line\nprompt\n', 'prompt', 0), 9);
  });

  it('finds nothing where it changed', () => {
    assert.equal(findAgain('promt', 'prompt', 0), undefined);
  });

  it('does not guess between two places', () => {
    assert.equal(findAgain('x ab ab', 'ab', 0), undefined);
    assert.equal(findAgain('baaa', 'aa', 0), undefined);
  });
});
