import { Buffer } from 'node:buffer';

/** A file: what readers see now, and what would be left of it without power. */
export interface File {
  bytes: Buffer;
  durable: Buffer;
}

/** A folder: names as they are now, as they are on the platter, and the changes between. */
export interface Folder {
  readonly entries: Map<string, Node>;
  readonly durable: Map<string, Node>;
  pending: NameChange[];
}

/** Names that change together: a rename is one change of two names. */
export type NameChange = readonly (readonly [name: string, node: Node | undefined])[];
/** What a name may stand for. */
export type Node = File | Folder;

/** A folder without names. */
export function newFolder(): Folder {
  return { entries: new Map(), durable: new Map(), pending: [] };
}

/** Whether it is a folder and not a file. */
export function isFolder(node: Node): node is Folder {
  return 'entries' in node;
}

/** Changes names for readers, and not yet for good. */
export function change(folder: Folder, names: NameChange): void {
  for (const [name, node] of names) {
    if (node) folder.entries.set(name, node);
    else folder.entries.delete(name);
  }
  folder.pending.push(names);
}

/** Makes a file's text, or a folder's names, outlast a power cut. */
export function sync(node: Node): void {
  if (!isFolder(node)) {
    node.durable = node.bytes;
    return;
  }
  for (const names of node.pending) apply(node.durable, names);
  node.pending = [];
}

function apply(entries: Map<string, Node>, names: NameChange): void {
  for (const [name, node] of names) {
    if (node) entries.set(name, node);
    else entries.delete(name);
  }
}

/** Makes what is left without power what there is. */
export function settle(folder: Folder, random: () => number): void {
  for (const names of folder.pending) if (random() < 0.5) apply(folder.durable, names);
  folder.pending = [];
  folder.entries.clear();
  for (const [name, node] of folder.durable) {
    folder.entries.set(name, node);
    if (isFolder(node)) settle(node, random);
    else node.durable = node.bytes = leftOf(node, random);
  }
}

function leftOf({ bytes, durable }: File, random: () => number): Buffer {
  const grown = bytes.length - durable.length;
  const choice = Math.floor(random() * 5);
  if (choice === 0) return durable;
  if (choice === 1 || grown <= 0) return random() < 0.5 ? bytes : durable;
  if (choice === 2) return Buffer.concat([durable, Buffer.alloc(grown)]);
  const part = bytes.subarray(0, durable.length + Math.floor(random() * grown));
  if (choice === 3) return part;
  const holed = Buffer.from(part);
  holed.fill(
    0,
    durable.length,
    durable.length + Math.floor(random() * (part.length - durable.length)),
  );
  return holed;
}
