/** The thread on which a dataset is read; src/engine/datasets/inWorker.ts starts and ends it. */
import { parentPort, workerData } from 'node:worker_threads';
import { DatasetError } from '../core/errors.ts';
import type { Dataset, DatasetPreview } from '../core/example.ts';
import type { Reply, Task } from './inWorker.ts';
import { loadHere, type LoadOptions } from './load.ts';
import { previewHere } from './preview.ts';

say({ kind: 'begun' });
try {
  say({ kind: 'done', answer: await answerOf(workerData as Task) });
} catch (error) {
  say(replyTo(error));
}

function answerOf({ verb, file, options }: Task): Promise<Dataset | DatasetPreview> {
  if (verb === 'preview') return previewHere(file, options.inputNames);
  return loadHere(file, options as LoadOptions);
}

function replyTo(error: unknown): Reply {
  if (!(error instanceof DatasetError)) {
    return { kind: 'broken', message: error instanceof Error ? error.message : String(error) };
  }
  const { line, remedy, file, message } = error;
  const place = `${file}${line === undefined ? '' : `, line ${line}`}: `;
  return { kind: 'refused', refusal: { line, remedy, problem: message.slice(place.length) } };
}

function say(reply: Reply): void {
  parentPort?.postMessage(reply);
}
