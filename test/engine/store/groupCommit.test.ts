import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../../../src/engine/core/errors.ts';
import { groupCommit } from '../../../src/engine/store/groupCommit.ts';

describe('lines that share a sync', () => {
  let root: string;
  let handle: FileHandle;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'group-commit-'));
    handle = await open(join(root, 'log'), 'a+');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const text = (): Promise<string> => readFile(join(root, 'log'), 'utf8');

  /** The real file, whose syncs end as the test says. */
  function withSyncs(datasync: () => Promise<void>) {
    return groupCommit(
      { fd: handle.fd, datasync, close: () => handle.close() },
      0,
      () => new StoreError('log', 'the disk is full.'),
    );
  }

  it('are synced once for those of one moment', async () => {
    let syncs = 0;
    const log = withSyncs(async () => {
      syncs += 1;
      await handle.datasync();
    });
    await Promise.all(Array.from({ length: 500 }, (_, index) => log.append(`${index}`)));
    assert.equal(syncs, 1);
    await log.close();
    assert.equal((await text()).split('\n').length, 501);
  });

  it('are taken back where their sync failed, but not those of others', async () => {
    let fails = true;
    const log = withSyncs(async () => {
      if (fails) throw new Error('EIO');
    });
    log.write('an intent');
    const answers = [log.append('first'), log.append('second')];
    for (const answer of answers) await assert.rejects(answer, StoreError);
    assert.equal(await text(), 'an intent\n');
    fails = false;
    await log.append('first');
    await log.close();
    assert.equal(await text(), 'an intent\nfirst\n');
  });

  it('of which one could not be written end with an error at once', async () => {
    const full = await open('/dev/full', 'a');
    const log = groupCommit(full, 0, () => new StoreError('log', 'the disk is full.'));
    assert.throws(() => log.write('a'), StoreError);
    await assert.rejects(log.append('b'), StoreError);
    await log.close();
    await handle.close();
  });

  it('are synced after a megabyte though nobody waits', async () => {
    const synced = new Promise<void>(resolve => {
      const log = withSyncs(async () => resolve());
      for (let index = 0; index < 11; index += 1) log.write('x'.repeat(100_000));
    });
    await synced;
    await handle.close();
  });
});
