import type { ExportFormat } from '../engine/index.ts';

/** The forms in which results leave the house, by the ending of the file. */
export const exportEndings: Readonly<Record<string, ExportFormat>> = {
  csv: 'csv',
  tsv: 'tsv',
  jsonl: 'jsonl',
  json: 'json',
  xml: 'junit',
};

/** The form that a file's ending asks for; undefined for any other ending. */
export function exportFormatOf(path: string): ExportFormat | undefined {
  const ending = /\.([^./\\]+)$/u.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(exportEndings, ending) ? exportEndings[ending] : undefined;
}
