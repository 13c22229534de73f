import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Owner, OwnProcess } from '../core/owner.ts';
import { systemCode } from './diskErrors.ts';

/** Who asks for which answer: of all processes on a folder one for each key. */
export interface Turns {
  /** The way to give the turn back; undefined while somebody else has it. */
  take(key: string): (() => void) | undefined;
  /** Puts away what this process no longer needs. */
  settle(): void;
}

/** An owner that cannot be seen from here, on another machine for one, has done nothing for so long. */
const unseenMs = 120_000;

/**
 * Turns as links, named after their key, to a file that names their owner: a link takes some 10 µs,
 * a file of its own thirty times as long. A turn that was left behind by a process that is gone is
 * free again. A disk without links gives everybody a turn.
 *
 * @param own this process, and what it sees of others
 * @param now milliseconds since 1970
 */
export function turnsIn(folder: string, own: OwnProcess, now: () => number): Turns {
  const name = join(folder, `owner-${randomBytes(12).toString('hex')}`);
  let isSigned = false;
  let held = 0;

  /** Whether there was no such link before. */
  function linked(path: string): boolean {
    if (!isSigned) writeFileSync(name, JSON.stringify(own.self));
    isSigned = true;
    try {
      linkSync(name, path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'EEXIST') return false;
      isSigned = false;
      throw error;
    }
  }

  function isLeftBehind(path: string): boolean {
    try {
      const life = own.lifeOf(JSON.parse(readFileSync(path, 'utf8')) as Owner);
      if (life !== 'unknown') return life === 'dead';
    } catch {
      // Gone meanwhile, or none of ours: its age decides.
    }
    // The last link that its owner made or took away.
    const { ctimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
    return ctimeMs !== undefined && now() - ctimeMs > unseenMs;
  }

  /** Of several that find the same turn left behind one takes it over. */
  function takenOver(path: string): boolean {
    const over = `${path}.over`;
    if (!linked(over)) {
      if (isLeftBehind(over)) rmSync(over, { force: true });
      return false;
    }
    try {
      if (isLeftBehind(path)) rmSync(path, { force: true });
      return linked(path);
    } finally {
      rmSync(over, { force: true });
    }
  }

  function end(path: string): void {
    held -= 1;
    try {
      unlinkSync(path);
    } catch {
      // Whoever waits for it sees that its owner is gone, or has been idle for long.
    }
  }

  return {
    take(key) {
      const path = join(folder, key);
      try {
        if (!linked(path) && !(isLeftBehind(path) && takenOver(path))) return undefined;
      } catch {
        return () => undefined;
      }
      held += 1;
      return () => end(path);
    },
    settle() {
      if (held > 0 || !isSigned) return;
      rmSync(name, { force: true });
      isSigned = false;
    },
  };
}
