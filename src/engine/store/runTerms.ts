import type { Files } from '../core/files.ts';
import { formatJson, objectField, parseRecord, schema } from './json.ts';
import { runFolder, termsName, termsNumberOf } from './layout.ts';

/** What was agreed to last when a run went on, as it was given to `addTerms`; undefined for nothing. */
export async function newestTerms(
  files: Files,
  promptName: string,
  runId: string,
): Promise<unknown> {
  const folder = runFolder(promptName, runId);
  const number = await newestNumber(files, folder);
  if (number === 0) return undefined;
  const path = `${folder}/${termsName(number)}`;
  const text = await files.read(path);
  return text === undefined ? undefined : objectField(path, parseRecord(path, text), 'terms');
}

/** Keeps what was agreed to; the files before stay as they are. */
export async function addTerms(
  files: Files,
  promptName: string,
  runId: string,
  terms: unknown,
): Promise<void> {
  const folder = runFolder(promptName, runId);
  const text = formatJson({ schema, terms });
  for (let number = (await newestNumber(files, folder)) + 1; ; number += 1) {
    if (await files.write(`${folder}/${termsName(number)}`, text, { ifAbsent: true })) return;
  }
}

async function newestNumber(files: Files, folder: string): Promise<number> {
  return Math.max(0, ...(await files.list(folder)).map(name => termsNumberOf(name) ?? 0));
}
