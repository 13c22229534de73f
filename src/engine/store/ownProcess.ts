import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import type { Owner, OwnProcess } from '../core/owner.ts';
import { systemCode } from './diskErrors.ts';

/**
 * This process as an owner of runs. On Linux the start of a process is read from /proc, in ticks
 * since the system started; elsewhere it is unknown, and only a process that is gone counts as dead.
 */
export function ownProcess(): OwnProcess {
  const machine = machineOf();
  const self: Owner = {
    host: hostname(),
    pid: process.pid,
    machine,
    startedAt: startOf(process.pid) ?? '',
  };
  return {
    self,
    lifeOf(owner) {
      if (owner.machine !== machine) return 'unknown';
      if (isGone(owner.pid)) return 'dead';
      if (owner.startedAt === '') return 'unknown';
      return startOf(owner.pid) === owner.startedAt ? 'alive' : 'dead';
    },
  };
}

function machineOf(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return systemCode(error) === 'ESRCH';
  }
}

/** Field 22 of /proc/PID/stat; undefined where there is none, or nothing is left but its exit code. */
function startOf(pid: number): string | undefined {
  try {
    // Behind the last bracket: the name of a program may hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
