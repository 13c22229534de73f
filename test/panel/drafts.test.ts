import assert from 'node:assert/strict';
import { draft, noDrafts, settle, textOf, withDrafts } from '../../media/panel/drafts.ts';
import { blankForm } from '../../src/panel/readForm.ts';

const host = { ...blankForm(), patience: '6', inputs: { ticket: 'text' } };

describe('What the person types while states arrive', () => {
  it('wins over the host until the host repeats it', () => {
    const drafts = draft(noDrafts, host, 'patience', '12');
    assert.equal(withDrafts(host, settle(drafts, host, undefined)).patience, '12');
    const confirmed = { ...host, patience: '12' };
    assert.equal(settle(drafts, confirmed, undefined).size, 0);
  });

  it('survives the confirmation of an earlier keystroke', () => {
    let drafts = draft(noDrafts, host, 'patience', '1');
    drafts = draft(drafts, host, 'patience', '12');
    const behind = { ...host, patience: '1' };
    drafts = settle(drafts, behind, undefined);
    assert.equal(withDrafts(behind, drafts).patience, '12');
  });

  it('gives way where the host says something of its own', () => {
    const drafts = draft(noDrafts, host, 'inputs.ticket', 'body');
    const overruled = { ...host, inputs: { ticket: 'subject' } };
    assert.equal(
      textOf(withDrafts(overruled, settle(drafts, overruled, undefined)), 'inputs.ticket'),
      'subject',
    );
  });

  it('never gives way in the field that has the focus', () => {
    const drafts = draft(noDrafts, host, 'patience', '1');
    const overruled = { ...host, patience: '99' };
    assert.equal(withDrafts(overruled, settle(drafts, overruled, 'patience')).patience, '1');
  });

  it('keeps inputs with dots and odd names apart from the form’s own fields', () => {
    const drafts = draft(noDrafts, host, 'inputs.metric', 'a column');
    const form = withDrafts(host, drafts);
    assert.equal(form.metric, '');
    assert.deepEqual(form.inputs, { ticket: 'text', metric: 'a column' });
    assert.equal(textOf(host, 'inputs.constructor'), '');
  });
});
