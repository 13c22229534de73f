import assert from 'node:assert/strict';
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreError } from '../../../src/engine/core/errors.ts';
import { createFile, renamePatiently } from '../../../src/engine/store/atomicWrite.ts';
import { storeError } from '../../../src/engine/store/diskErrors.ts';
import { localFiles } from '../../../src/engine/store/localFiles.ts';
import { memoryFiles } from '../../../src/engine/store/memoryFiles.ts';
import type { Files } from '../../../src/engine/core/files.ts';

let root = '';
let outside = '';

/** Fresh folders for each test of the enclosing `describe`. */
function withFolders(): void {
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'store-root-')));
    outside = await realpath(await mkdtemp(join(tmpdir(), 'store-outside-')));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
    await rm(outside, { recursive: true, force: true });
  });
}

const both: readonly (readonly [string, () => Files])[] = [
  ['on the disk', () => localFiles(root)],
  ['in memory', () => memoryFiles()],
];

for (const [where, make] of both) {
  describe(`files ${where}`, () => {
    withFolders();

    it('give back what was written, also over an older text', async () => {
      const files = make();
      for (const text of ['first, and longer', 'é😀\r\n\0', '', '\uFEFFx']) {
        assert.equal(await files.write('a/b/c.txt', text), true);
        assert.equal(await files.read('a/b/c.txt'), text);
      }
    });

    it('answer undefined and an empty list for what is not there', async () => {
      const files = make();
      assert.equal(await files.read('a/b.txt'), undefined);
      assert.deepEqual(await files.list('a'), []);
    });

    it('list names sorted, folders with a slash', async () => {
      const files = make();
      for (const path of ['p/b.txt', 'p/a/x.txt', 'p/c/d/y.txt', 'q.txt']) {
        await files.write(path, '');
      }
      assert.deepEqual(await files.list('p'), ['a/', 'b.txt', 'c/']);
      assert.deepEqual(await files.list('p/'), ['a/', 'b.txt', 'c/']);
    });

    it('create a file once, however many try at the same moment', async () => {
      const files = make();
      const tries = Array.from({ length: 20 }, (_, index) =>
        files.write('p/v1.md', `text ${index}`, { ifAbsent: true }),
      );
      const won = await Promise.all(tries);
      assert.equal(won.filter(Boolean).length, 1);
      assert.equal(await files.read('p/v1.md'), `text ${won.indexOf(true)}`);
    });

    it('append lines to a log in their order, and go on with it later', async () => {
      const files = make();
      const log = await files.openLog('p/log.jsonl');
      await Promise.all(['a', 'b', 'é'].map(line => log.append(line)));
      await log.close();
      const again = await files.openLog('p/log.jsonl');
      await again.append('d');
      await again.close();
      assert.equal(await files.read('p/log.jsonl'), 'a\nb\né\nd\n');
    });

    it('cut a torn last line off a log and keep it beside it', async () => {
      const files = make();
      for (const torn of ['{"half', '\0\0\0\0', 'x'.repeat(200_000)]) {
        await files.write('p/log.jsonl', `{"whole":1}\n${torn}`);
        await (await files.openLog('p/log.jsonl')).close();
        assert.equal(await files.read('p/log.jsonl'), '{"whole":1}\n');
        assert.ok((await files.read('p/log.jsonl.damaged'))?.endsWith(`${torn}\n`));
      }
      await files.write('p/other.jsonl', 'no line end at all');
      await (await files.openLog('p/other.jsonl')).close();
      assert.equal(await files.read('p/other.jsonl'), '');
    });
  });
}

describe('files on the disk', () => {
  withFolders();

  it('leave no temporary file behind, and a file with the usual permissions', async () => {
    const files = localFiles(root);
    await files.write('p/a.txt', 'a');
    await files.write('p/a.txt', 'b');
    await files.write('p/a.txt', 'c', { ifAbsent: true });
    assert.deepEqual(await readdir(join(root, 'p')), ['a.txt']);
    await writeFile(join(outside, 'plain.txt'), '');
    const plain = await stat(join(outside, 'plain.txt'));
    assert.equal((await stat(join(root, 'p/a.txt'))).mode, plain.mode);
  });

  for (const path of ['../x.txt', 'a/../../x.txt', '/etc/x.txt', 'a\\..\\x', 'a\0b']) {
    it(`refuse the path ${JSON.stringify(path)}`, async () => {
      const files = localFiles(root);
      await assert.rejects(files.write(path, 'x'), StoreError);
      await assert.rejects(files.read(path), StoreError);
      await assert.rejects(files.openLog(path), StoreError);
      await assert.rejects(files.list(path), StoreError);
    });
  }

  it('do not write through symbolic links that lead outside', async () => {
    const files = localFiles(root);
    await writeFile(join(outside, 'theirs.txt'), 'theirs');
    await symlink(outside, join(root, 'folder'));
    await symlink(join(outside, 'theirs.txt'), join(root, 'file.txt'));
    await symlink(join(outside, 'not-there.txt'), join(root, 'dangling.txt'));
    for (const path of ['folder/x.txt', 'folder/deep/x.txt', 'file.txt', 'dangling.txt']) {
      await assert.rejects(files.write(path, 'ours'), /leads out of the workspace folder/);
      await assert.rejects(files.write(path, 'ours', { ifAbsent: true }), StoreError);
      await assert.rejects(files.openLog(path), /leads out of the workspace folder/);
    }
    assert.deepEqual(await readdir(outside), ['theirs.txt']);
    assert.equal(await readFile(join(outside, 'theirs.txt'), 'utf8'), 'theirs');
  });

  it('follow symbolic links that stay inside, and a root that is one itself', async () => {
    await mkdir(join(root, 'real'));
    await symlink(join(root, 'real'), join(root, 'alias'));
    await symlink(root, join(outside, 'root'));
    await localFiles(join(outside, 'root')).write('alias/a.txt', 'a');
    assert.equal(await readFile(join(root, 'real/a.txt'), 'utf8'), 'a');
  });

  it('say what to do where a file stands in the way of a folder', async () => {
    const files = localFiles(root);
    await files.write('.prompts', 'a file');
    for (const attempt of [
      () => files.write('.prompts/x/v1.md', 'x'),
      () => files.read('.prompts/x/v1.md'),
      () => files.list('.prompts'),
      () => files.openLog('.prompts/x/log'),
    ]) {
      await assert.rejects(attempt, /a file stands where a folder is needed/);
    }
  });

  it('say that the workspace folder is gone, and do not make it again', async () => {
    const gone = join(root, 'gone');
    await assert.rejects(localFiles(gone).write('a.txt', 'a'), /workspace folder is not there/);
    assert.deepEqual(await readdir(root), []);
  });

  it('refuse a log line that would be two', async () => {
    const log = await localFiles(root).openLog('log');
    await assert.rejects(log.append('a\nb'), /line end/);
    await log.close();
    assert.equal(await localFiles(root).read('log'), '');
  });

  it('hand a line over at once that nobody waits for', async () => {
    const log = await localFiles(root).openLog('log');
    log.write('nobody waits');
    assert.equal(await readFile(join(root, 'log'), 'utf8'), 'nobody waits\n');
    await log.append('waited for');
    log.write('at the end');
    await log.close();
    assert.equal(
      await readFile(join(root, 'log'), 'utf8'),
      'nobody waits\nwaited for\nat the end\n',
    );
  });

  it('turn what the disk says into a sentence with the remedy', () => {
    for (const [code, expected] of [
      ['ENOSPC', /disk is full.*free some space/],
      ['EROFS', /read-only/],
      ['EACCES', /Give yourself permission/],
      ['EBUSY', /Close that program/],
      ['EWHATEVER', /\(EWHATEVER\)/],
    ] as const) {
      const error = storeError('.prompts/a', Object.assign(new Error('no'), { code }));
      assert.match(error.message, expected);
      assert.match(error.message, /^\.prompts\/a: /);
    }
  });

  it('try again for a while where Windows holds a file, and only there', async () => {
    const held = Object.assign(new Error('held'), { code: 'EPERM' });
    let tries = 0;
    const freedAtThird = async () => {
      if (++tries < 3) throw held;
    };
    await renamePatiently(freedAtThird, 'win32', 1_000);
    assert.equal(tries, 3);

    const never = async () => {
      tries += 1;
      throw held;
    };
    tries = 0;
    await assert.rejects(renamePatiently(never, 'win32', 100), /held/);
    assert.ok(tries > 2);
    tries = 0;
    await assert.rejects(renamePatiently(never, 'linux', 1_000), /held/);
    assert.equal(tries, 1);
  });

  it('do not create a file over one that is there', async () => {
    await writeFile(join(root, 'a'), 'old');
    assert.equal(await createFile(join(root, 'a'), 'new'), false);
    assert.equal(await readFile(join(root, 'a'), 'utf8'), 'old');
    assert.deepEqual(await readdir(root), ['a']);
  });
});
