import type { CallRecord } from './core/callRecord.ts';
import type { CallLog } from './store/callLog.ts';
import type { RunLock } from './store/runLock.ts';
import type { RunClock } from './runClock.ts';

/** Takes nothing from an owner that was held up until another one took the run over. */
export function ownersRecord(calls: CallLog, lock: RunLock, ran: RunClock): CallRecord {
  return {
    find: calls.find,
    intend(key, most) {
      lock.assertNotLost();
      calls.intend(key, most);
    },
    fail: calls.fail,
    async settle(key, answer) {
      await lock.assertHeld();
      await calls.settle(key, answer, ran());
    },
  };
}
