import type { Format } from './file.ts';

/** What the first bytes of a file say it is: a format, or what is wrong with it and the remedy. */
export interface Kind {
  readonly format?: Extract<Format, 'parquet' | 'xlsx'>;
  readonly wrong?: string;
}

/** Looks at the bytes alone: names mislead, and people rename files. */
export function kindOf(start: Buffer): Kind {
  const text = start.toString('latin1');
  if (text.startsWith('PAR1')) return { format: 'parquet' };
  if (text.startsWith('PARE')) {
    return { wrong: 'this Parquet file is encrypted. Export it without encryption.' };
  }
  // Whether a zip archive holds a workbook stands at its end; the reader of workbooks looks there.
  if (text.startsWith('PK\x03\x04')) return { format: 'xlsx' };
  if (text.startsWith('\xd0\xcf\x11\xe0')) {
    return { wrong: 'this is an old Excel file (.xls). Save it as .xlsx or CSV.' };
  }
  if (text.startsWith('\x1f\x8b')) return { wrong: 'this is a gzip archive. Unpack it first.' };
  if (text.startsWith('version https://git-lfs')) {
    return { wrong: 'this is a git-LFS pointer, not the rows. Run "git lfs pull".' };
  }
  if (/^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)/iu.test(text)) {
    return { wrong: 'this is a web page, not rows. Download the file itself.' };
  }
  return {};
}
