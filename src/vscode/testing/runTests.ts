import { TestMessage } from 'vscode';
import type { CancellationToken, TestController, TestItem, TestRun, TestRunRequest } from 'vscode';
import { EngineError } from '../../engine/index.ts';
import type { EvaluateRequest } from '../../engine/index.ts';
import type { RunForm } from '../../panel/messages.ts';
import { readForm } from '../../panel/readForm.ts';
import { signalOf } from '../cancellation.ts';
import type { Host } from '../host.ts';
import { isCancelled, notify } from '../notify.ts';
import { confirmSpending } from '../panel/confirmSpending.ts';
import { followEvaluation } from './followEvaluation.ts';
import { loadPair } from './loadedPairs.ts';
import type { LoadedPair } from './loadedPairs.ts';
import { rememberPair } from './pairs.ts';
import { wantedRows } from './wantedRows.ts';
import type { WantedRows } from './wantedRows.ts';

/** What the tests are run with. */
export interface TestSockets {
  readonly host: Host;
  readonly controller: TestController;
  /** The form behind an item of the top level. */
  readonly formOf: (pair: TestItem) => RunForm | undefined;
}

interface Plan extends LoadedPair {
  readonly parent: TestItem;
  readonly form: RunForm;
}

/**
 * Runs prompts over the rows that a person asked for: all of a dataset, some, or those that failed.
 * Everything is read, and the sum confirmed, before the first row is sent.
 */
export async function runTests(
  sockets: TestSockets,
  request: TestRunRequest,
  token?: CancellationToken,
): Promise<void> {
  const { host, controller } = sockets;
  const signal = token && signalOf(token);
  const pairs = [...controller.items].map(([, item]) => item);
  const plans: Plan[] = [];
  const refused: { readonly parent: TestItem; readonly error: unknown }[] = [];
  for (const wanted of wantedRows(request, pairs)) {
    try {
      const plan = await prepare(sockets, wanted, signal);
      if (plan) plans.push(plan);
    } catch (error) {
      refused.push({ parent: wanted.parent, error });
    }
  }
  if (plans.length + refused.length === 0 || signal?.aborted) return;
  const run = controller.createTestRun(request);
  try {
    for (const { parent, error } of refused) refuse(host, run, parent, error);
    for (const plan of plans) await carryOut(host, run, plan);
  } finally {
    run.end();
    host.versionsChanged();
  }
}

/** Undefined where the person does not want to pay for it. */
async function prepare(
  { host, controller, formOf }: TestSockets,
  { parent, only, except }: WantedRows,
  signal?: AbortSignal,
): Promise<Plan | undefined> {
  const form = formOf(parent);
  if (!form) return undefined;
  const { engine, request: whole, rows } = await loadPair(host, controller, parent, form, signal);
  const ids = [...rows.examples.keys()];
  const chosen = ids.filter(id => (only?.has(id) ?? true) && !except.has(id));
  const isWhole = chosen.length === ids.length;
  const request: EvaluateRequest = isWhole ? whole : { ...whole, only: chosen };
  const estimate = await engine.estimate(request, 'evaluate', signal);
  if (!(await confirmSpending(estimate, request.settings?.budget?.usd))) return undefined;
  await rememberPair(host.context.workspaceState, form);
  return { parent, form, engine, request, rows };
}

async function carryOut(
  host: Host,
  run: TestRun,
  { parent, form, engine, request, rows }: Plan,
): Promise<void> {
  const mark = {
    metric: request.metrics[0] ?? '',
    least: readForm(form).settings.targetThreshold ?? 1,
  };
  const only = request.only && new Set(request.only);
  const examples = [...rows.examples.values()].filter(({ id }) => only?.has(id) ?? true);
  try {
    const events = engine.evaluate(request, signalOf(run.token));
    await followEvaluation(events, { run, parent, rows, examples, mark });
  } catch (error) {
    refuse(host, run, parent, error);
  }
}

/** Nothing was run: the pair itself says why. */
function refuse(host: Host, run: TestRun, parent: TestItem, error: unknown): void {
  if (isCancelled(error)) return;
  if (error instanceof EngineError) run.errored(parent, new TestMessage(error.message));
  else notify(error, host.log);
}
