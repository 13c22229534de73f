import type { TestController, TestItem } from 'vscode';
import { EngineError } from '../../engine/index.ts';
import type { Engine, EvaluateRequest } from '../../engine/index.ts';
import type { RunForm } from '../../panel/messages.ts';
import type { Host } from '../host.ts';
import { isCancelled, notify } from '../notify.ts';
import { fileUri } from '../panel/promptChoice.ts';
import { requireFolder, requireTrust } from '../trust.ts';
import { pairRequest } from './pairRequest.ts';
import { listRows, rowsText } from './rowItems.ts';
import type { RowItems } from './rowItems.ts';

/** A pair whose prompt and rows have been read. */
export interface LoadedPair {
  readonly engine: Engine;
  readonly request: EvaluateRequest;
  readonly rows: RowItems;
}

/** Reads a pair's prompt and dataset and lists its rows below it. Throws `EngineError`s. */
export async function loadPair(
  host: Host,
  controller: TestController,
  item: TestItem,
  form: RunForm,
  signal?: AbortSignal,
): Promise<LoadedPair> {
  item.busy = true;
  item.error = undefined;
  try {
    requireTrust();
    const folder = requireFolder();
    const engine = await host.engine(folder);
    const request = await pairRequest(form, engine, folder);
    const dataset = await engine.rows(request, signal);
    item.description = `${form.metric} · ${rowsText(dataset)}`;
    const rows = listRows(controller, item, dataset, fileUri(folder, request.dataset));
    return { engine, request, rows };
  } finally {
    item.busy = false;
  }
}

/** Says at the item why there is nothing below it. */
export function showWhy(host: Host, item: TestItem, error: unknown): void {
  if (isCancelled(error)) return;
  if (error instanceof EngineError) item.error = error.message;
  else notify(error, host.log);
}
