/** The thread of `moduleScorer.ts`: loads a file of the workspace and calls its function. */
import { readFile } from 'node:fs/promises';
import * as nodeModule from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { ScoringRequest } from '../core/outside.ts';
import type { ModuleTask, Reply } from './tasks.ts';

type ScoreFunction = (output: string, row: ScoringRequest['row']) => unknown;

const { path } = workerData as { readonly path: string };
let loaded: Promise<ScoreFunction> | undefined;

parentPort?.on('message', (task: ModuleTask) => {
  void answer(task).then(reply => parentPort?.postMessage(reply));
});
// Its limit begins where the thread is ready, not where it is started.
parentPort?.postMessage({ value: 'ready' } satisfies Reply);

async function answer({ request }: ModuleTask): Promise<Reply> {
  try {
    loaded ??= load();
    const score = await loaded;
    if (!request) return { value: undefined };
    // A verdict that cannot travel between threads becomes JSON, or fails here and not there.
    const verdict: unknown = await score(request.output, request.row);
    if (verdict === undefined) return { value: undefined };
    return { value: JSON.parse(JSON.stringify(verdict)) as unknown };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

async function load(): Promise<ScoreFunction> {
  const module = (await importFile()) as { readonly default?: unknown };
  if (typeof module.default !== 'function') {
    throw new TypeError('it has no default export that is a function (output, row) => score');
  }
  return module.default as ScoreFunction;
}

/** Node strips the types of a `.ts` file itself, or is given the stripped text where it does not. */
async function importFile(): Promise<unknown> {
  const url = pathToFileURL(path).href;
  if (!/\.[cm]?ts$/u.test(path) || process.features.typescript) return import(url);
  if (!('stripTypeScriptTypes' in nodeModule)) {
    throw new Error('this version of Node cannot read TypeScript; write it in JavaScript');
  }
  const text = nodeModule.stripTypeScriptTypes(await readFile(path, 'utf8'));
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}
