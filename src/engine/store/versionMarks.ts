import type { Files } from '../core/files.ts';
import type { PromptVersion, VersionMark } from '../core/version.ts';
import { broken, countField, formatJson, optionalText, parseRecord, schema } from './json.ts';
import { marksFolder } from './layout.ts';

/**
 * Writes what a person says of a version under the next free number, `marks/0001.json`. A version
 * itself is never changed: its marks are laid over it in their order when it is read.
 */
export async function writeMark(
  files: Files,
  { promptName, number }: Pick<PromptVersion, 'promptName' | 'number'>,
  mark: VersionMark,
): Promise<void> {
  const { label, note, pinned } = mark;
  const text = formatJson({ schema, version: number, label, note, pinned });
  const folder = marksFolder(promptName);
  let next = Math.max(0, ...(await markNumbers(files, folder))) + 1;
  while (!(await files.write(pathOf(folder, next), text, { ifAbsent: true }))) next += 1;
}

/** Lays the marks of a prompt over its versions; an empty text takes a name or note away. */
export async function withMarks(
  files: Files,
  promptName: string,
  versions: readonly PromptVersion[],
): Promise<PromptVersion[]> {
  const folder = marksFolder(promptName);
  const marked = new Map(versions.map(version => [version.number, version]));
  for (const number of await markNumbers(files, folder)) {
    const path = pathOf(folder, number);
    const { version, ...mark } = parseMark(path, (await files.read(path)) ?? '');
    const there = marked.get(version);
    if (there) marked.set(version, withMark(there, mark));
  }
  return [...marked.values()];
}

function withMark(version: PromptVersion, { label, note, pinned }: VersionMark): PromptVersion {
  const { label: oldLabel, note: oldNote, pinned: oldPinned, ...rest } = version;
  const newLabel = label ?? oldLabel;
  const newNote = note ?? oldNote;
  return {
    ...rest,
    ...(newLabel ? { label: newLabel } : {}),
    ...(newNote ? { note: newNote } : {}),
    ...((pinned ?? oldPinned) ? { pinned: true } : {}),
  };
}

function parseMark(path: string, text: string): VersionMark & { readonly version: number } {
  const record = parseRecord(path, text);
  const label = optionalText(path, record, 'label');
  const note = optionalText(path, record, 'note');
  const pinned = record['pinned'];
  if (pinned !== undefined && typeof pinned !== 'boolean') {
    throw broken(path, '"pinned" is not a yes/no');
  }
  return {
    version: countField(path, record, 'version'),
    ...(label === undefined ? {} : { label }),
    ...(note === undefined ? {} : { note }),
    ...(pinned === undefined ? {} : { pinned }),
  };
}

async function markNumbers(files: Files, folder: string): Promise<number[]> {
  const numbers = (await files.list(folder)).flatMap(name => {
    const digits = /^(\d{4,9})\.json$/.exec(name)?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
  return numbers.sort((left, right) => left - right);
}

function pathOf(folder: string, number: number): string {
  return `${folder}/${String(number).padStart(4, '0')}.json`;
}
