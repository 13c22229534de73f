import assert from 'node:assert/strict';
import { fromPage } from '../../src/panel/pageForm.ts';
import { blankForm } from '../../src/panel/readForm.ts';

describe('The form that the page sends', () => {
  const host = {
    ...blankForm(),
    prompt: { kind: 'file', path: 'triage.md' },
    dataset: 'new.csv',
    expected: 'label',
    otherMetrics: ['f1'],
  } as const;

  it('changes what is edited in the page', () => {
    const form = { ...host, taskModel: 'demo:task', expected: 'team' };
    assert.deepEqual(fromPage({ type: 'form-change', form }, host), { type: 'form-change', form });
  });

  it('takes no choice back that it was drawn before', () => {
    const form = { ...blankForm(), dataset: 'old.csv', expected: 'old', taskModel: 'demo:task' };
    for (const type of ['form-change', 'run-start', 'prompt-test'] as const) {
      assert.deepEqual(fromPage({ type, form }, host), {
        type,
        form: { ...host, taskModel: 'demo:task' },
      });
    }
  });

  it('is not looked for in other messages', () => {
    assert.deepEqual(fromPage({ type: 'run-cancel' }, host), { type: 'run-cancel' });
  });
});
