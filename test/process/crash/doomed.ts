/**
 * A run that ends itself with SIGKILL: `doomed.ts FOLDER URL RUN AT`. RUN is a `TicketRun` as JSON.
 * AT is `12-` or `12+`, before or after the twelfth operation that changes a file; `0`, which never
 * comes, prints the number of operations at the end.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { finish, ticketEngine, type TicketRun } from './ticketRun.ts';

const [folder = '', url = '', run = '{}', at = '0'] = process.argv.slice(2);
const last = Number.parseInt(at, 10);
let done = 0;

type Operation = (...args: unknown[]) => unknown;

/** Counts an operation, and ends the process before or after the one whose turn it is. */
function counted(operation: Operation): Operation {
  return function (this: unknown, ...args) {
    const number = (done += 1);
    const die = (side: string): void => {
      if (number === last && at.endsWith(side)) process.kill(process.pid, 'SIGKILL');
    };
    die('-');
    const result = operation.apply(this, args);
    if (!(result instanceof Promise)) {
      die('+');
      return result;
    }
    return result.then((value: unknown) => {
      die('+');
      return value;
    });
  };
}

function countAll(target: object, names: readonly string[]): void {
  const operations = target as Record<string, Operation>;
  for (const name of names) {
    const operation = operations[name];
    if (!operation) throw new Error(`There is no file operation ${name}.`);
    operations[name] = counted(operation);
  }
}

const handle = await fs.promises.open(process.execPath, 'r');
countAll(Object.getPrototypeOf(handle) as object, ['writeFile', 'sync', 'datasync', 'truncate']);
await handle.close();
countAll(fs.promises, ['open', 'rename', 'link', 'unlink', 'mkdir', 'writeFile']);
countAll(fs, ['writeSync', 'ftruncateSync', 'linkSync', 'unlinkSync']);
syncBuiltinESMExports();

await finish(ticketEngine(folder, url), JSON.parse(run) as TicketRun);
process.stdout.write(`${done}\n`, () => process.exit());
