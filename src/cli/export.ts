import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RequestError, type ExportFormat } from '../engine/index.ts';
import { exportEndings, exportFormatOf } from '../panel/exportFormat.ts';
import { cleanLine } from './cleanText.ts';
import { checkWritable } from './report.ts';

/** Refuses an export that could not be written, before anything is spent. */
export async function checkExportPath(path: string | undefined, here: string): Promise<void> {
  if (path === undefined) return;
  formatFor(path);
  await checkWritable('--export', path, here);
}

/** Writes the rows of a run; answers the file's absolute path. */
export async function writeExport(
  path: string,
  here: string,
  textAs: (format: ExportFormat) => Promise<string>,
): Promise<string> {
  const target = resolve(here, path);
  await writeFile(target, await textAs(formatFor(path)));
  return target;
}

function formatFor(path: string): ExportFormat {
  const format = exportFormatOf(path);
  if (format) return format;
  const endings = Object.keys(exportEndings).map(ending => `.${ending}`);
  throw new RequestError(
    `--export ${cleanLine(path)} has an ending that says no form; end it with ${endings.join(', ')}.`,
  );
}
