import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CancelledError, DatasetError } from '../core/errors.ts';
import { encodingOf } from './encoding.ts';
import type { DatasetFile } from './file.ts';
import { problemAt, rowLimit, rowTooLong, type TableEvent } from './row.ts';

const mostFiles = 100_000;
const textName = /\.(?:txt|md|text)$/iu;
const answerName = /\.expected\.(?:txt|md|text)$/iu;

/**
 * A folder of text files, one row each: `file`, `input`, `label` (the folder inside, where there is
 * one) and `expected` (of `letter.expected.txt` beside `letter.txt`). Rows come by their path; a
 * row's `line` is its number. Links and hidden files are passed over.
 */
export async function* readTextFolder(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<readonly TableEvent[]> {
  const paths = await textFiles(file);
  const answers = new Set(paths.filter(path => answerName.test(path)));
  const inputs = paths.filter(path => !answers.has(path));
  const labelled = inputs.some(path => path.includes(sep));
  const answered = answers.size > 0;
  const columns = ['file', 'input'];
  if (labelled) columns.push('label');
  if (answered) columns.push('expected');
  yield [{ kind: 'columns', columns }];
  for (const [at, path] of inputs.entries()) {
    if (signal?.aborted) throw new CancelledError();
    const answer = path.replace(/\.[^.]+$/u, ending => `.expected${ending}`);
    yield [await rowOf(file, at + 1, path, answers.has(answer) ? answer : undefined)];
  }
}

async function rowOf(
  file: DatasetFile,
  line: number,
  path: string,
  answer: string | undefined,
): Promise<TableEvent> {
  const cells = new Map([['file', path.split(sep).join('/')]]);
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['input', path],
    ['expected', answer],
  ];
  for (const [column, place] of parts) {
    if (place === undefined) continue;
    const text = await textAt(file, place);
    if ('problem' in text) return problemAt(line, `${place}: ${text.problem}`);
    cells.set(column, text.text);
  }
  const [folder, ...rest] = path.split(sep);
  if (folder !== undefined && rest.length > 0) cells.set('label', folder);
  return { kind: 'row', row: { line, cells } };
}

async function textAt(
  folder: DatasetFile,
  path: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const full = join(folder.path, path);
  try {
    if ((await stat(full)).size > rowLimit) return { problem: rowTooLong };
    const bytes = await readFile(full);
    const found = encodingOf(bytes.subarray(0, 4096), path, chosenEncoding(folder));
    const decoder = new TextDecoder(found.encoding, { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(bytes.subarray(found.skip)) };
  } catch (error) {
    if (error instanceof TypeError) return { problem: 'these bytes are not UTF-8 text.' };
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** UTF-8 is what a folder has where nobody chose; then each file's own mark counts. */
function chosenEncoding({ encoding }: DatasetFile): string | undefined {
  return encoding === 'utf-8' ? undefined : encoding;
}

async function textFiles(file: DatasetFile): Promise<string[]> {
  const found: string[] = [];
  const folders = [file.path];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && folder === file.path) folders.push(path);
      if (!entry.isFile() || !textName.test(entry.name)) continue;
      found.push(relative(file.path, path));
      if (found.length > mostFiles) {
        throw new DatasetError(
          file.name,
          undefined,
          `there are more than ${mostFiles} files in it.`,
        );
      }
    }
  }
  if (found.length > 0) return found.sort();
  const problem = 'this is a folder without text files (.txt, .md). Choose a file in it.';
  throw new DatasetError(file.name, undefined, problem);
}
