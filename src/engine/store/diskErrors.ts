import { StoreError } from '../core/errors.ts';

/** The error code of the operating system, `ENOSPC` and the like; undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** What the disk said, as a sentence with the remedy in it; a `StoreError` stays as it is. */
export function storeError(path: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = systemCode(error);
  return new StoreError(path, sentences[code ?? ''] ?? unknownSentence(code, error), {
    remedy: 'retry',
    cause: error,
  });
}

const readOnly =
  'cannot be read or written because it is read-only for this user. Give yourself permission for the folder and try again.';
const diskFull =
  'could not be written because the disk is full. What was there is unchanged; free some space and try again.';
const inTheWay =
  'a file stands where a folder is needed, or a folder where a file is. Move it away and try again.';

const sentences: Readonly<Record<string, string>> = {
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: readOnly,
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EFBIG: diskFull,
  ENOENT: 'the workspace folder is not there any more. Open it again and try again.',
  ENOTDIR: inTheWay,
  EISDIR: inTheWay,
  EEXIST: inTheWay,
  ENAMETOOLONG: 'the path is longer than this disk allows. Move the workspace to a shorter path.',
  ELOOP: 'leads through a symbolic link that is not followed. Put a real file or folder there.',
  EBUSY: 'is held open by another program. Close that program and try again.',
  EMFILE: 'too many files are open on this machine. Close some programs and try again.',
  EIO: 'the disk reported a fault. Check the disk, then try again.',
};

function unknownSentence(code: string | undefined, error: unknown): string {
  const detail = code ?? (error instanceof Error ? error.message : String(error));
  return `could not be read or written (${detail}). Check the folder and try again.`;
}
