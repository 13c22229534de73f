import assert from 'node:assert/strict';
import { runGate } from '../../src/engine/core/gate.ts';
import { BudgetError } from '../../src/engine/core/errors.ts';
import { budgetLedger } from '../../src/engine/providers/ledger.ts';
import { runClock } from '../../src/engine/runClock.ts';

const one = { calls: 1, tokens: 10, usd: 0 };
const minute = 60_000;

describe('The time of a run', () => {
  it('counts on from earlier sessions, and stands still while the run is paused', () => {
    let now = 0;
    const gate = runGate(
      () => undefined,
      () => now,
    );
    gate.shut();
    now += 7 * minute;
    gate.open();
    const ran = runClock(5 * minute, () => now, gate);
    assert.equal(ran(), 5 * minute);
    now += minute;
    gate.shut();
    now += 30 * minute;
    assert.equal(ran(), 6 * minute);
    gate.shut();
    gate.open();
    now += minute;
    assert.equal(ran(), 7 * minute);
  });

  it('is a budget: no call is reserved when it is over, whatever is left of the others', async () => {
    let ran = 0;
    const ledger = budgetLedger({ minutes: 10, calls: 100 }, undefined, () => ran);
    (await ledger.reserve(one)).settle(one);
    ran = 10 * minute;
    await assert.rejects(ledger.reserve(one), (error: unknown) => {
      assert.ok(error instanceof BudgetError);
      assert.equal(error.limit, 'minutes');
      assert.equal(
        error.message,
        'The budget of 10 min is used up (10 min used). Raise it and resume.',
      );
      return true;
    });
  });

  it('keeps a part for the final test, and refuses a wait that would use it up', async () => {
    let ran = 8 * minute;
    const ledger = budgetLedger({ minutes: 10 }, undefined, () => ran);
    const release = ledger.setAside({ minutes: 3 });
    await assert.rejects(ledger.reserve(one), /3 min kept for the final test/);
    release();
    (await ledger.reserve(one)).settle(one);
    ledger.mayWait(minute);
    assert.throws(
      () => ledger.mayWait(3 * minute),
      /The wait of 3 min .* pass the budget of 10 min/,
    );
    ran = 20 * minute;
    assert.throws(() => ledger.mayWait(0), /used up/);
  });

  it('is no budget where it is no number', () => {
    assert.throws(
      () => budgetLedger({ minutes: Number.NaN }),
      /budget of minutes must be a number/,
    );
  });
});
