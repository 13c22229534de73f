import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { change, isFolder, newFolder, settle, sync, type Folder, type Node } from './platter.ts';

/** A disk in memory below one folder, which loses what was not synced. */
export interface PowerlessDisk {
  /** Operations since the power came back that change something or make it durable. */
  readonly operations: number;
  /** From this operation on, counted since the power came back, everything fails. */
  cutAt(operation: number): void;
  /**
   * The power comes back. Of every file that was not synced there is the old text, the new one, a
   * part of the new one, or zeros where the new part would be; of the names of a folder that was
   * not synced, any of the changes may be missing. `random` chooses.
   */
  powerUp(random: () => number): void;
}

/**
 * Puts the disk under `root` of this process: all of `node:fs` that the store uses goes there for
 * paths below `root`, and elsewhere as before. Call `remove` when done.
 */
export function mountPowerlessDisk(root: string): PowerlessDisk & { remove(): void } {
  const top: Folder = newFolder();
  const handles = new Map<number, Node>();
  let operations = 0;
  let cut = Infinity;

  function operate(): void {
    operations += 1;
    if (operations >= cut) throw failure('EIO');
  }

  function below(path: string): readonly string[] {
    return path.slice(root.length).split('/').filter(Boolean);
  }

  function nodeAt(path: string): Node | undefined {
    let node: Node | undefined = top;
    for (const name of below(path))
      node = node && isFolder(node) ? node.entries.get(name) : undefined;
    return node;
  }

  function existing(path: string): Node {
    const node = nodeAt(path);
    if (!node) throw failure('ENOENT');
    return node;
  }

  function parentOf(path: string): { readonly folder: Folder; readonly name: string } {
    const names = below(path);
    const folder = existing(`${root}/${names.slice(0, -1).join('/')}`);
    if (!isFolder(folder)) throw failure('ENOTDIR');
    return { folder, name: names.at(-1) ?? '' };
  }

  function openHandle(path: string, flags: string | number): object {
    const creates =
      typeof flags === 'string' ? flags !== 'r' : (flags & fs.constants.O_CREAT) !== 0;
    let node = nodeAt(path);
    if (node && flags === 'wx') throw failure('EEXIST');
    if (!node) {
      if (!creates) throw failure('ENOENT');
      operate();
      node = { bytes: Buffer.alloc(0), durable: Buffer.alloc(0) };
      const { folder, name } = parentOf(path);
      change(folder, [[name, node]]);
    }
    const fd = firstHandle + handles.size;
    const opened = node;
    handles.set(fd, opened);
    return {
      fd,
      writeFile: (text: string | Buffer) => later(() => append(opened, Buffer.from(text))),
      sync: () => later(() => synced(opened)),
      datasync: () => later(() => synced(opened)),
      truncate: (length: number) => later(() => truncate(opened, length)),
      stat: () => later(() => ({ size: bytesOf(opened).length })),
      read: (into: Buffer, offset: number, length: number, position: number) =>
        later(() => ({
          bytesRead: bytesOf(opened).copy(into, offset, position, position + length),
        })),
      close: () => later(() => undefined),
    };
  }

  function synced(node: Node): void {
    operate();
    sync(node);
  }

  function append(node: Node, bytes: Buffer): number {
    operate();
    if (isFolder(node)) throw failure('EISDIR');
    node.bytes = Buffer.concat([node.bytes, bytes]);
    return bytes.length;
  }

  function truncate(node: Node, length: number): void {
    operate();
    if (isFolder(node)) throw failure('EISDIR');
    node.bytes = node.bytes.subarray(0, length);
  }

  const asked = {
    open: (path: string, flags: string | number) => openHandle(path, flags),
    rename(from: string, to: string) {
      operate();
      const source = parentOf(from);
      const node = existing(from);
      change(source.folder, [
        [source.name, undefined],
        [parentOf(to).name, node],
      ]);
    },
    link(from: string, to: string) {
      operate();
      if (nodeAt(to)) throw failure('EEXIST');
      const { folder, name } = parentOf(to);
      change(folder, [[name, existing(from)]]);
    },
    unlink(path: string) {
      operate();
      existing(path);
      const { folder, name } = parentOf(path);
      change(folder, [[name, undefined]]);
    },
    mkdir(path: string) {
      let first: string | undefined;
      const names = below(path);
      for (let depth = 1; depth <= names.length; depth += 1) {
        const each = `${root}/${names.slice(0, depth).join('/')}`;
        if (nodeAt(each)) continue;
        operate();
        const { folder, name } = parentOf(each);
        change(folder, [[name, newFolder()]]);
        first ??= each;
      }
      return first;
    },
    readFile: (path: string) => bytesOf(existing(path)).toString('utf8'),
    readdir(path: string) {
      const folder = existing(path);
      if (!isFolder(folder)) throw failure('ENOTDIR');
      return [...folder.entries].map(([name, node]) => ({
        name,
        isDirectory: () => isFolder(node),
      }));
    },
    lstat(path: string) {
      existing(path);
      return { isSymbolicLink: () => false };
    },
    realpath(path: string) {
      existing(path);
      return path;
    },
  };

  const restore = [
    ...Object.entries(asked).map(([name, fake]) =>
      replace(fs.promises, name, (path, ...rest) =>
        typeof path === 'string' && path.startsWith(root)
          ? () => later(() => (fake as Operation)(path, ...rest))
          : undefined,
      ),
    ),
    replace(fs, 'writeSync', (fd, bytes, from) => {
      const node = handles.get(fd as number);
      return node && (() => append(node, (bytes as Buffer).subarray(from as number)));
    }),
    replace(fs, 'ftruncateSync', (fd, length) => {
      const node = handles.get(fd as number);
      return node && (() => truncate(node, length as number));
    }),
  ];
  syncBuiltinESMExports();

  return {
    get operations() {
      return operations;
    },
    cutAt(operation) {
      cut = operation;
    },
    powerUp(random) {
      settle(top, random);
      handles.clear();
      operations = 0;
      cut = Infinity;
    },
    remove() {
      for (const each of restore) each();
      syncBuiltinESMExports();
    },
  };
}

type Operation = (...args: unknown[]) => unknown;

/** Higher than any handle that the system gives out. */
const firstHandle = 1_000_000;

function bytesOf(node: Node): Buffer {
  if (isFolder(node)) throw failure('EISDIR');
  return node.bytes;
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

async function later<Result>(work: () => Result): Promise<Result> {
  await Promise.resolve();
  return work();
}

function replace(
  target: object,
  name: string,
  choose: (...args: readonly unknown[]) => (() => unknown) | undefined,
): () => void {
  const operations = target as Record<string, Operation>;
  const original = operations[name];
  if (!original) throw new Error(`There is no file operation ${name}.`);
  operations[name] = function (this: unknown, ...args) {
    const fake = choose(...args);
    return fake ? fake() : original.apply(this, args);
  };
  return () => {
    operations[name] = original;
  };
}
