import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerCache } from '../../../src/engine/store/answerCache.ts';
import { ownProcess } from '../../../src/engine/store/ownProcess.ts';
import { answersFolder, cacheFolder } from '../../../src/engine/store/layout.ts';
import { answerOf, keyOf } from './cachedAnswers.ts';

describe('answerCache', () => {
  let root = '';
  let time = 0;
  const now = (): number => time;
  const open = (mostBytes = 1e6) => answerCache(root, { mostBytes, now, process: ownProcess() });
  const segments = (): string[] => {
    const folder = join(root, answersFolder);
    return readdirSync(folder).map(name => join(folder, name));
  };
  const bytes = (): number => segments().reduce((sum, path) => sum + statSync(path).size, 0);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'answers-'));
    time = Date.UTC(2026, 10, 20);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('gives what was kept to whoever opens the folder later', async () => {
    const cache = open();
    assert.equal(await cache.find(keyOf('a')), undefined);
    cache.keep(keyOf('a'), answerOf('blue'));
    cache.keep(keyOf('b'), answerOf('zwölf\u2028Zeilen\n"quoted"'));
    await cache.settled();
    const later = open();
    assert.deepEqual(await later.find(keyOf('a')), answerOf('blue'));
    assert.deepEqual(await later.find(keyOf('b')), answerOf('zwölf\u2028Zeilen\n"quoted"'));
    assert.equal(await later.find(keyOf('c')), undefined);
    assert.equal(later.damage(), 0);
  });

  it('sees a second later what another window has kept meanwhile', async () => {
    const [one, other] = [open(), open()];
    assert.equal(await one.find(keyOf('a')), undefined);
    other.keep(keyOf('a'), answerOf('blue'));
    await other.settled();
    time += 1_000;
    assert.deepEqual(await one.find(keyOf('a')), answerOf('blue'));
  });

  it('keeps itself out of git', async () => {
    const cache = open();
    cache.keep(keyOf('a'), answerOf('blue'));
    await cache.settled();
    assert.equal(readFileSync(join(root, cacheFolder, '.gitignore'), 'utf8'), '*\n');
  });

  it('never gives a wrong answer, whichever byte of it was changed', async function () {
    this.timeout(30_000);
    const cache = open();
    for (const name of ['a', 'b', 'c']) cache.keep(keyOf(name), answerOf(`answer ${name}`));
    await cache.settled();
    const [path = ''] = segments();
    const good = readFileSync(path);
    let noted = 0;
    for (let at = 0; at < good.length; at += 1) {
      const bad = Buffer.from(good);
      bad[at] = (good[at] ?? 0) ^ 0x01;
      writeFileSync(path, bad);
      const broken = open();
      const found = await Promise.all(['a', 'b', 'c'].map(name => broken.find(keyOf(name))));
      const wrong = found.filter(
        (each, index) => each && each.answer.text !== `answer ${'abc'.charAt(index)}`,
      );
      assert.deepEqual(wrong, [], `byte ${at}`);
      assert.ok(found.filter(each => each).length >= 1, `byte ${at} took them all`);
      if (found.some(each => !each) && broken.damage() > 0) noted += 1;
    }
    // Not where the digest reads as another one, or the last line as a torn one.
    assert.ok(noted > 0.7 * good.length, `${noted} of ${good.length} were noted`);
  });

  it('takes a line that a kill cut short for none, wherever it was cut', async () => {
    const cache = open();
    cache.keep(keyOf('a'), answerOf('blue'));
    cache.keep(keyOf('b'), answerOf('green'));
    await cache.settled();
    const [path = ''] = segments();
    const good = readFileSync(path);
    const first = good.indexOf(10) + 1;
    for (let end = first; end < good.length; end += 7) {
      writeFileSync(path, good.subarray(0, end));
      const torn = open();
      assert.deepEqual(await torn.find(keyOf('a')), answerOf('blue'));
      assert.equal(await torn.find(keyOf('b')), undefined);
      torn.keep(keyOf('b'), answerOf('green'));
      await torn.settled();
      assert.deepEqual(await open().find(keyOf('b')), answerOf('green'));
      for (const other of segments().filter(each => each !== path)) rmSync(other);
    }
  });

  it('stays within its size, and what was used longest ago goes first', async () => {
    const cache = open(40_000);
    const text = 'x'.repeat(500);
    for (let number = 0; number < 30; number += 1) {
      cache.keep(keyOf(`old ${number}`), answerOf(`${number} ${text}`));
      time += 24 * 3_600_000;
    }
    await cache.settled();
    // The first ones are used again, so that they are newer than the others.
    for (let number = 0; number < 5; number += 1) {
      assert.ok(await cache.find(keyOf(`old ${number}`)), `old ${number}`);
    }
    for (let number = 0; number < 100; number += 1) {
      time += 60_000;
      cache.keep(keyOf(`new ${number}`), answerOf(`${number} ${text}`));
      await cache.settled();
      assert.ok(bytes() <= 44_000, `${bytes()} bytes after ${number}`);
      if (number === 30) {
        const later = open(40_000);
        for (let used = 0; used < 5; used += 1) assert.ok(await later.find(keyOf(`old ${used}`)));
        assert.equal(await later.find(keyOf('old 5')), undefined);
      }
    }
    const later = open(40_000);
    assert.ok(await later.find(keyOf('new 99')));
    assert.equal(await later.find(keyOf('old 29')), undefined);
    assert.equal(later.damage(), 0);
  });

  it('comes down to a smaller size that is set later', async () => {
    const cache = open();
    for (let number = 0; number < 200; number += 1) {
      time += 1_000;
      cache.keep(keyOf(`${number}`), answerOf('y'.repeat(500)));
    }
    await cache.settled();
    assert.ok(bytes() > 100_000);
    const smaller = open(20_000);
    assert.ok(await smaller.find(keyOf('199')));
    await smaller.settled();
    assert.ok(bytes() <= 20_000, `${bytes()} bytes`);
    assert.ok(await smaller.find(keyOf('199')), 'the index went along');
    assert.equal(await smaller.find(keyOf('0')), undefined);
  });

  it('puts the files of many processes together', async () => {
    for (let number = 0; number < 40; number += 1) {
      time += 1_000;
      const cache = open();
      await cache.find(keyOf('nobody'));
      cache.keep(keyOf(`${number}`), answerOf(`${number}`));
      await cache.settled();
    }
    assert.ok(segments().length <= 10, `${segments().length} files`);
    const cache = open();
    for (let number = 0; number < 40; number += 1) {
      assert.equal((await cache.find(keyOf(`${number}`)))?.answer.text, `${number}`);
    }
  });

  it('goes on without a word where it may not write, or its folder is something else', async () => {
    mkdirSync(join(root, '.prompts'));
    writeFileSync(join(root, '.prompts/.cache'), 'a file in its place');
    const cache = open();
    cache.keep(keyOf('a'), answerOf('blue'));
    await cache.settled();
    cache.keep(keyOf('b'), answerOf('blue'));
    assert.equal(await cache.find(keyOf('a')), undefined);
  });

  it('writes nothing through a link that leads outside', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    try {
      mkdirSync(join(root, '.prompts'));
      symlinkSync(outside, join(root, '.prompts/.cache'));
      const cache = open();
      cache.keep(keyOf('a'), answerOf('blue'));
      await cache.settled();
      assert.deepEqual(readdirSync(outside), []);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('passes over files that are not its own, and goes on when its own are taken away', async () => {
    const cache = open();
    cache.keep(keyOf('a'), answerOf('blue'));
    await cache.settled();
    const folder = join(root, answersFolder);
    writeFileSync(join(folder, 'abcdef.jsonl'), 'no JSON\n{}\n\n');
    mkdirSync(join(folder, 'abc.jsonl'));
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const later = open();
    assert.ok(await later.find(keyOf('a')));
    assert.equal(later.damage(), 3);
    rmSync(folder, { recursive: true });
    assert.equal(await later.find(keyOf('a')), undefined);
    cache.keep(keyOf('b'), answerOf('green'));
    assert.ok(!existsSync(folder));
  });
});
