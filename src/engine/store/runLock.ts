import { RunHeldError, StoreError } from '../core/errors.ts';
import type { Files } from '../core/files.ts';
import type { OwnProcess, RunHolder } from '../core/owner.ts';
import { lockName, lockNumberOf, runFolder } from './layout.ts';
import { formatLock, parseLock, type LockRecord } from './lockRecord.ts';

/** How often an owner says that it is there, in milliseconds. */
const beatMs = 10_000;
/** An owner that cannot be seen and has said nothing for so long is gone, in milliseconds. */
const silentMs = 60_000;
/** An owner that has not said anything for so long looks whether it still is one. */
const leaseMs = silentMs / 2;

/** A run that is ours alone, until it is released. */
export interface RunLock {
  /**
   * Whether the machine may have stopped under the owner before this one: it has not released the run,
   * and has not run on this very start of the system. What it had not synced may be lost.
   */
  readonly afterPowerCut: boolean;
  /** Throws a `StoreError` where another process has taken the run over in the meantime. */
  assertHeld(): Promise<void>;
  /** The same by what is known already, without a look at the disk. */
  assertNotLost(): void;
  release(): Promise<void>;
}

/** One owner at a time for each run of a workspace. */
export interface RunLocks {
  /** Throws a `RunHeldError` that names the owner. Of many that try at once exactly one gets it. */
  acquire(promptName: string, runId: string): Promise<RunLock>;
  /** Who works on the run; undefined where nobody does. */
  holder(promptName: string, runId: string): Promise<RunHolder | undefined>;
}

/** The clock, the source of ids and the process, handed in so that a test can say what they are. */
export interface RunLockSockets {
  now(): Date;
  newId(): string;
  readonly process: OwnProcess;
}

interface Found {
  readonly number: number;
  readonly record?: LockRecord;
}

/**
 * Locks as files `owner-0001.json`, `owner-0002.json` … in the run's folder, one for each session.
 * The newest one counts. To take a run is to create the next one, which the disk lets one process
 * do; nothing is ever deleted, so a slow process cannot delete the lock of a fast one.
 */
export function runLocks(files: Files, { now, newId, process }: RunLockSockets): RunLocks {
  const silentSince = (record: LockRecord): number => now().getTime() - Date.parse(record.beatAt);

  function heldBy({ record }: Found): LockRecord | undefined {
    if (!record || record.released) return undefined;
    const life = process.lifeOf(record);
    // Were it ours and under way, it would have said so: this very process is not held up.
    const own = record.machine === process.self.machine && record.pid === process.self.pid;
    if (life === 'alive' && !own) return record;
    return life !== 'dead' && silentSince(record) < silentMs ? record : undefined;
  }

  async function newest(folder: string): Promise<Found> {
    const numbers = (await files.list(folder)).map(name => lockNumberOf(name) ?? 0);
    const number = Math.max(0, ...numbers);
    if (number === 0) return { number };
    const record = await readLock(folder, number);
    return record ? { number, record } : { number };
  }

  async function readLock(folder: string, number: number): Promise<LockRecord | undefined> {
    const path = `${folder}/${lockName(number)}`;
    const text = await files.read(path);
    return text === undefined ? undefined : parseLock(path, text);
  }

  async function acquire(promptName: string, runId: string): Promise<RunLock> {
    const folder = runFolder(promptName, runId);
    const at = now().toISOString();
    const own: LockRecord = {
      ...process.self,
      since: at,
      beatAt: at,
      token: newId(),
      released: false,
    };
    for (;;) {
      const last = await newest(folder);
      const holder = heldBy(last);
      if (holder) throw new RunHeldError(runId, holder);
      const number = last.number + 1;
      const path = `${folder}/${lockName(number)}`;
      if (!(await files.write(path, formatLock(own), { ifAbsent: true }))) continue;
      const again = last.record ? await readLock(folder, last.number) : undefined;
      if (again && again.beatAt !== last.record?.beatAt) {
        // It was not gone, only slow; it may not have seen yet that somebody came after it.
        await files.write(path, formatLock({ ...own, released: true }));
        throw new RunHeldError(runId, again);
      }
      return { ...held(folder, number, own, runId), afterPowerCut: mayHaveLostPower(last.record) };
    }
  }

  function mayHaveLostPower(record: LockRecord | undefined): boolean {
    if (!record || record.released) return false;
    const { machine, host } = process.self;
    // Where the start of the system is not known, the name of the machine stands in its place.
    return record.machine !== machine || machine === host;
  }

  function held(
    folder: string,
    number: number,
    own: LockRecord,
    runId: string,
  ): Omit<RunLock, 'afterPowerCut'> {
    const path = `${folder}/${lockName(number)}`;
    let beatAt = own.beatAt;
    let lost: StoreError | undefined;
    let beating: Promise<void> | undefined;

    async function beat(): Promise<void> {
      beatAt = now().toISOString();
      await files.write(path, formatLock({ ...own, beatAt }));
      const last = await newest(folder);
      if (last.number !== number) lost = takenOver(folder, runId, last.record);
    }
    const beatOnce = (): Promise<void> => (beating ??= beat().finally(() => (beating = undefined)));
    // A disk that is full now may have room at the next beat; `assertHeld` is what must not fail.
    const timer = setInterval(() => void beatOnce().catch(() => undefined), beatMs);
    timer.unref();

    const assertNotLost = (): void => {
      if (lost) throw lost;
    };

    return {
      assertNotLost,
      async assertHeld() {
        if (now().getTime() - Date.parse(beatAt) > leaseMs) await beatOnce();
        assertNotLost();
      },
      async release() {
        clearInterval(timer);
        await beating?.catch(() => undefined);
        if (lost) return;
        // What a full disk keeps from being released is free when this process has been silent.
        await files
          .write(path, formatLock({ ...own, beatAt, released: true }))
          .catch(() => undefined);
      },
    };
  }

  return {
    acquire,
    async holder(promptName, runId) {
      const record = heldBy(await newest(runFolder(promptName, runId)));
      if (!record) return undefined;
      const { host, pid, machine, startedAt, since } = record;
      return { host, pid, machine, startedAt, since };
    },
  };
}

function takenOver(folder: string, runId: string, by: RunHolder | undefined): StoreError {
  const whom = by ? `process ${by.pid} on ${by.host}` : 'another process';
  return new StoreError(
    folder,
    `${whom} has taken run ${runId} over while this one was held up, so nothing more was written here. Watch the run there.`,
  );
}
