/**
 * One of several processes that want the same runs: `rival.ts ROOT`. For every run id that the
 * parent sends it tries to become the owner, and answers whether it did.
 */
import process from 'node:process';
import { RunHeldError } from '../../../src/engine/core/errors.ts';
import { localFiles } from '../../../src/engine/store/localFiles.ts';
import { ownProcess } from '../../../src/engine/store/ownProcess.ts';
import { runLocks } from '../../../src/engine/store/runLock.ts';

const locks = runLocks(localFiles(process.argv[2] ?? ''), {
  now: () => new Date(),
  newId: () => String(process.pid),
  process: ownProcess(),
});

process.on('message', (runId: string) => {
  locks.acquire('race', runId).then(
    () => process.send?.('owner'),
    (error: unknown) =>
      process.send?.(error instanceof RunHeldError ? error.holder.pid : String(error)),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
