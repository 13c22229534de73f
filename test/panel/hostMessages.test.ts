import assert from 'node:assert/strict';
import { hostMessages } from '../../src/panel/hostMessages.ts';
import { panelStates } from '../support/panelStates.ts';

const { ready, problems } = panelStates();

describe('Messages to a page', () => {
  it('begin with the whole state, then hold what has changed since the last one', () => {
    assert.ok(ready && problems);
    const { next } = hostMessages();
    assert.deepEqual(next(1, ready), { type: 'state', revision: 1, state: ready });
    const change = next(2, { ...ready, promptLabel: 'triage v4' });
    assert.deepEqual(change, {
      type: 'change',
      revision: 2,
      since: 1,
      patch: { fields: { promptLabel: { set: 'triage v4' } } },
    });
    const further = next(7, problems);
    assert.equal(further?.type === 'change' && further.since, 2);
  });

  it('are not sent where nothing has changed', () => {
    assert.ok(ready);
    const { next } = hostMessages();
    next(1, ready);
    assert.equal(next(2, structuredClone(ready)), undefined);
    const change = next(3, { ...ready, promptLabel: 'x' });
    assert.equal(change?.type === 'change' && change.since, 1);
  });

  it('begin anew for a page that has been loaded anew', () => {
    assert.ok(ready);
    const { next, forget } = hostMessages();
    next(1, ready);
    forget();
    assert.equal(next(2, ready)?.type, 'state');
  });
});
