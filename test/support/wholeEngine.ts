import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { createEngine } from '../../src/engine/engine.ts';
import { localPool } from '../../src/engine/executors/localPool.ts';
import type { Engine, Provider, RunEvent, RunState } from '../../src/engine/index.ts';
import { emptyRun, reduce } from '../../src/engine/index.ts';
import { metricList, metricNamed } from '../../src/engine/metrics/registry.ts';
import { pause } from '../../src/engine/providers/cancel.ts';
import { demoProvider } from '../../src/engine/providers/demo/demo.ts';
import { tokenizerOf } from '../../src/engine/providers/tokenizer.ts';
import { budgetLedger, withLedger } from '../../src/engine/providers/ledger.ts';
import { requestKey, withRecord } from '../../src/engine/providers/record.ts';
import { providerRegistry } from '../../src/engine/providers/registry.ts';
import { estimateTokens } from '../../src/engine/providers/tokens.ts';
import { ownProcess } from '../../src/engine/store/ownProcess.ts';
import { runReport } from '../../src/report/runReport.ts';
import { memoryFiles } from '../../src/engine/store/memoryFiles.ts';
import type { OwnProcess } from '../../src/engine/core/owner.ts';
import type { Files } from '../../src/engine/core/files.ts';

/** The sample workspace of the project. */
export const examplesFolder = join(import.meta.dirname, '..', '..', 'examples', 'triage');

/** The whole engine with the demo's models, files in memory and a clock that stands still. */
export function wholeEngine(
  options: {
    readonly files?: Files;
    readonly providers?: readonly Provider[];
    readonly process?: OwnProcess;
  } = {},
): Engine {
  const catalog = providerRegistry([...(options.providers ?? []), demoProvider({})]);
  let ids = 0;
  return createEngine({
    files: options.files ?? memoryFiles(),
    catalog,
    openRunModels: ({ record, budget, alreadySpent }) => {
      const ledger = budgetLedger(budget, alreadySpent);
      return {
        modelNamed: id => {
          const model = catalog.modelNamed(id);
          const paid = withLedger(model, ledger, catalog.priceOf(id), {
            send: (request, most) => record.intend(requestKey(model, request), most),
            fail: (request, possiblyPaid) => record.fail(requestKey(model, request), possiblyPaid),
          });
          return withRecord(paid, record);
        },
        setAside: amount => ledger.setAside(amount),
        settled: () => Promise.resolve(),
      };
    },
    metricNamed,
    metricsWith: () => metricNamed,
    metricList: metricList(),
    executor: localPool,
    tokenizerOf,
    reportOf: (state, facts) => Promise.resolve(runReport(state, facts)),
    datasetPath: path => (isAbsolute(path) ? path : join(examplesFolder, path)),
    now: () => new Date('2026-11-20T12:00:00Z'),
    sleep: pause,
    process: options.process ?? ownProcess(),
    newId: () => `id${String((ids += 1)).padStart(6, '0')}`,
    hash: text => createHash('sha256').update(text).digest('hex'),
    estimateTokens,
    defaults: { taskModel: 'demo:task' },
  });
}

/** All events of a run, and the state that they fold to. */
export async function wholeRun(
  events: AsyncIterable<RunEvent>,
): Promise<{ events: RunEvent[]; state: RunState }> {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  return { events: seen, state: seen.reduce(reduce, emptyRun) };
}
