import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RequestError } from '../engine/index.ts';
import { reportText } from '../report/reportText.ts';
import type { RunResult } from '../report/runResult.ts';
import { cleanLine } from './cleanText.ts';

/** Refuses a report that could not be written, before anything is spent. */
export async function checkReportPath(report: string | undefined, here: string): Promise<void> {
  if (report !== undefined) await checkWritable('--report', report, here);
}

/** Refuses a file that could not be written; `flag` is what named it. */
export async function checkWritable(flag: string, file: string, here: string): Promise<void> {
  const path = resolve(here, file);
  const folder = await stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
  if (folder) throw new RequestError(`${flag} ${cleanLine(file)} is a folder; name a file.`);
  try {
    await access(dirname(path), constants.W_OK);
  } catch {
    throw new RequestError(
      `${flag} ${cleanLine(file)} cannot be written: its folder does not exist or is read-only.`,
    );
  }
}

/** Writes the report; answers its absolute path. */
export async function writeReport(
  report: string,
  here: string,
  result: RunResult,
): Promise<string> {
  const path = resolve(here, report);
  await writeFile(path, reportText(result));
  return path;
}
