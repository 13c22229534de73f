import { readdirSync, readFileSync } from 'node:fs';

/** Ends the one extension host below a server, without a chance to say goodbye. */
export function killExtensionHost(serverPid: number | undefined): void {
  const processes = allProcesses();
  const found = processes.filter(
    each =>
      each.command.includes('--type=extensionHost') && isBelow(each.pid, serverPid, processes),
  );
  const [host, ...more] = found;
  if (!host || more.length > 0) {
    throw new Error(`There are ${found.length} extension hosts below the server ${serverPid}.`);
  }
  process.kill(host.pid, 'SIGKILL');
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function allProcesses(): readonly Process[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => processAt(Number(name)));
}

/** Nothing where the process has ended since its folder was listed. */
function processAt(pid: number): Process[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return [{ pid, parent: Number(parent), command }];
  } catch {
    return [];
  }
}

function isBelow(
  pid: number,
  ancestor: number | undefined,
  processes: readonly Process[],
): boolean {
  const seen = new Set<number>();
  for (let at = pid; at > 1 && !seen.has(at);) {
    if (at === ancestor) return true;
    seen.add(at);
    at = processes.find(each => each.pid === at)?.parent ?? 0;
  }
  return false;
}
