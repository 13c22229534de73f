import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { CancelledError, DatasetError, EngineError, type Remedy } from '../core/errors.ts';
import type { Dataset, DatasetPreview } from '../core/example.ts';
import type { DatasetFile } from './file.ts';
import type { LoadOptions } from './load.ts';

/** What a worker is asked to do, and what it answers. */
export interface Verbs {
  readonly load: { readonly options: LoadOptions; readonly answer: Dataset };
  readonly preview: { readonly options: PreviewOptions; readonly answer: DatasetPreview };
}

/** How a preview is to be read. */
export interface PreviewOptions {
  readonly inputNames: readonly string[];
}

/** One reading of one file: plain values, because they travel between threads. */
export interface Task<Verb extends keyof Verbs = keyof Verbs> {
  readonly verb: Verb;
  readonly file: DatasetFile;
  readonly options: Verbs[Verb]['options'];
}

/** What a worker says: that it begins, and then how it ended. */
export type Reply =
  | { readonly kind: 'begun' }
  | { readonly kind: 'done'; readonly answer: Dataset | DatasetPreview }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'broken'; readonly message: string };

/** A `DatasetError` as plain values. */
export interface Refusal {
  readonly line: number | undefined;
  readonly problem: string;
  readonly remedy: Remedy | undefined;
}

/** Above this many bytes reading a text file would be felt in an editor: some 20 milliseconds with the search for near duplicates. */
const largestHere = 64_000;
const packed = new Set(['parquet', 'xlsx']);

/** Whether a file is too large for the caller's thread, or of a form that can hang or explode. */
export function needsWorker(file: DatasetFile): boolean {
  return packed.has(file.format) || file.size > largestHere || file.format === 'folder';
}

const heapLimitMb = 320;

/**
 * Reads on a thread of its own, which ends with the reading: on abort (`CancelledError`), or where
 * a packed file takes longer than its size allows or the rows need more memory than there is
 * (`DatasetError`).
 */
export async function inWorker<Verb extends keyof Verbs>(
  task: Task<Verb>,
  signal?: AbortSignal,
): Promise<Verbs[Verb]['answer']> {
  if (signal?.aborted) throw new CancelledError();
  const { name } = task.file;
  const worker = new Worker(workerPlace(), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: heapLimitMb, maxYoungGenerationSizeMb: 8 },
  });
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<Verbs[Verb]['answer']>((resolve, reject) => {
      onAbort = () => reject(new CancelledError());
      signal?.addEventListener('abort', onAbort, { once: true });
      worker.on('message', (reply: Reply) => {
        if (reply.kind === 'done') resolve(reply.answer);
        else if (reply.kind === 'refused') reject(errorOf(name, reply.refusal));
        else if (reply.kind === 'broken') reject(new Error(reply.message));
        else {
          const limit = timeLimit(task.file);
          timer = setTimeout(() => reject(tooSlow(name, limit)), limit);
        }
      });
      worker.on('error', error => reject(tooLarge(name, error)));
      worker.on('exit', () => reject(new DatasetError(name, undefined, unpackable, 'retry')));
    });
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

/**
 * Milliseconds for a file. A person watches a text file's progress and can cancel it; a packed one
 * may hold far more than its size says, so what it may take follows its size; the
 * seconds before that are for a machine that is busy with other things.
 */
function timeLimit({ format, size }: DatasetFile): number {
  return packed.has(format) ? 8000 + size / 1000 : 600_000 + size / 1000;
}

/** Beside this file in the sources; in the bundle one file, in the folder above its chunks. */
function workerPlace(): URL {
  const places = ['./worker.ts', './datasetWorker.js', '../datasetWorker.js'];
  const found = places.map(place => new URL(place, import.meta.url)).find(url => existsSync(url));
  if (found) return found;
  throw new EngineError(
    'installation',
    'datasetWorker.js is missing. Install the extension again.',
  );
}

function errorOf(name: string, { line, problem, remedy }: Refusal): DatasetError {
  return new DatasetError(name, line, problem, remedy);
}

function tooSlow(name: string, limit: number): DatasetError {
  const seconds = (limit / 1000).toFixed(1);
  const problem = `reading took longer than ${seconds} s, far too long for its size; it may be broken. Export it as CSV or JSONL.`;
  return new DatasetError(name, undefined, problem);
}

function tooLarge(name: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_WORKER_OUT_OF_MEMORY') return error as Error;
  const problem = `reading needs more than ${heapLimitMb} MB of memory. Split the file, or shorten its rows.`;
  return new DatasetError(name, undefined, problem);
}

const unpackable = 'the reader of this file ended without an answer. Try again.';
