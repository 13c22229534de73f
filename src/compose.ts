import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { createEngine } from './engine/engine.ts';
import { RequestError } from './engine/core/errors.ts';
import type { LanguageModel } from './engine/core/languageModel.ts';
import { localPool } from './engine/executors/localPool.ts';
import type { Engine, KeyLookup, Provider, RunSettings } from './engine/index.ts';
import type { MetricParts } from './engine/metrics/parts.ts';
import { metricRegistry } from './engine/metrics/registry.ts';
import type { RunModelOptions, RunModels } from './engine/parts.ts';
import { pause } from './engine/providers/cancel.ts';
import { withCache } from './engine/providers/cache.ts';
import { demoProvider } from './engine/providers/demo/demo.ts';
import { behindGate, countedBehindGate } from './engine/providers/gate.ts';
import { budgetLedger, withLedger } from './engine/providers/ledger.ts';
import { withLatency } from './engine/providers/latency.ts';
import { openaiProvider } from './engine/providers/openai.ts';
import { requestKey, withRecord } from './engine/providers/record.ts';
import { providerRegistry } from './engine/providers/registry.ts';
import { requestLimit, rowsFor } from './engine/providers/requestLimit.ts';
import { withRetry } from './engine/providers/retry.ts';
import { tokenizerOf } from './engine/providers/tokenizer.ts';
import { estimateTokens } from './engine/providers/tokens.ts';
import { vertexProvider } from './engine/providers/vertex.ts';
import { answerCache } from './engine/store/answerCache.ts';
import { localFiles } from './engine/store/localFiles.ts';
import { ownProcess } from './engine/store/ownProcess.ts';
import { guardedChecks } from './engine/workers/guardedChecks.ts';
import { outsideScorers } from './engine/workers/outsideScorers.ts';

/** What a person has set; every model id is `provider:model`. */
export interface EngineSettings {
  readonly taskModel?: string;
  readonly optimizerModel?: string;
  /** Model of one-shot refinements; the optimizer model where absent. */
  readonly refineModel?: string;
  /** Model of the metrics that ask one; the optimizer model where absent. */
  readonly judgeModel?: string;
  readonly openaiBaseUrl?: string;
  readonly vertexProject?: string;
  readonly vertexLocation?: string;
  readonly run?: Partial<RunSettings>;
  /** Size of the cache of answers on the disk, in megabytes; 0 switches it off. */
  readonly cacheMegabytes?: number;
}

/** What a face hands to the engine. */
export interface ComposeOptions {
  /** Workspace folder, absolute: `.prompts` lives below it. */
  readonly folder: string;
  readonly settings: EngineSettings;
  readonly keyFor: KeyLookup;
  /** Providers beyond the built-in ones, such as VS Code's own models. */
  readonly providers?: readonly Provider[];
  /** Whether files and commands of the folder may score: only where the person trusts them. */
  readonly trusted?: boolean;
}

/** Room for some hundred thousand short answers. */
const defaultCacheMegabytes = 100;

const openaiOrigin = 'https://api.openai.com/v1';

/** The one place where providers, metrics, files and executor meet the engine. */
export function compose({
  folder,
  settings,
  keyFor,
  providers = [],
  trusted = false,
}: ComposeOptions): Engine {
  const registry = providerRegistry([
    openaiProvider({ baseUrl: settings.openaiBaseUrl ?? openaiOrigin, keyFor }),
    vertexProvider({
      ...(settings.vertexProject ? { project: settings.vertexProject } : {}),
      ...(settings.vertexLocation ? { location: settings.vertexLocation } : {}),
    }),
    ...providers,
    demoProvider({}),
  ]);
  const {
    taskModel,
    optimizerModel,
    refineModel,
    cacheMegabytes = defaultCacheMegabytes,
  } = settings;
  const process = ownProcess();
  const cache =
    cacheMegabytes > 0
      ? answerCache(folder, { mostBytes: cacheMegabytes * 1e6, now: () => Date.now(), process })
      : undefined;

  const timed = (id: string): LanguageModel =>
    withLatency(registry.modelNamed(id), () => performance.now());

  function openRunModels(options: RunModelOptions): RunModels {
    const ledger = budgetLedger(options.budget, options.alreadySpent, () => options.elapsedMs());
    const { gate, record, runId, onWait, onCacheDamage: onDamage } = options;
    const limited = requestLimit(options.concurrency);
    // Each attempt is reserved by itself, so that retries cannot pass the budget either.
    const paid = (id: string): LanguageModel => {
      const model = timed(id);
      return withLedger(countedBehindGate(model, gate), ledger, registry.priceOf(id), {
        send: (request, most) => record.intend(requestKey(model, request), most),
        fail: (request, possiblyPaid) => record.fail(requestKey(model, request), possiblyPaid),
      });
    };
    const kept = (id: string): LanguageModel => {
      const model = limited(withRetry(paid(id), { onWait, mayWait: ms => ledger.mayWait(ms) }));
      if (!cache || registry.isSimulated(id)) return model;
      return withCache(model, { cache, price: registry.priceOf(id), runId, onDamage });
    };
    return {
      // A new request waits outside of the record, where it is nothing that may have been paid.
      modelNamed: id => behindGate(withRecord(kept(id), record), gate),
      setAside: amount => ledger.setAside(amount),
      settled: () => cache?.settled() ?? Promise.resolve(),
    };
  }

  const modelNamed = (id: string): LanguageModel =>
    withRetry(withLedger(registry.modelNamed(id), budgetLedger({}), registry.priceOf(id)));
  const path = (named: string): string => (isAbsolute(named) ? named : join(folder, named));
  const metricParts: MetricParts = {
    checks: guardedChecks(),
    countTokens: estimateTokens,
    readText: named => textOfFile(path(named)),
    ...(trusted ? { outside: outsideScorers(folder) } : {}),
  };
  const metricsWith = (judges: (id: string) => LanguageModel) =>
    metricRegistry({
      ...metricParts,
      judgeModel: id => judges(id ?? judgeOf(settings)),
    });
  const { metricNamed, metricList } = metricsWith(modelNamed);

  return createEngine({
    files: localFiles(folder),
    catalog: {
      ...registry,
      modelNamed,
    },
    openRunModels,
    metricNamed,
    metricsWith: judges => metricsWith(judges).metricNamed,
    metricList: metricList(),
    executor: options => localPool({ ...options, concurrency: rowsFor(options.concurrency) }),
    tokenizerOf,
    // Its diff of the two prompts is code that only the end of a run needs.
    reportOf: async (state, facts) =>
      (await import('./report/runReport.ts')).runReport(state, facts),
    datasetPath: path,
    now: () => new Date(),
    sleep: pause,
    process,
    newId: () => randomBytes(8).toString('hex'),
    hash: text => createHash('sha256').update(text).digest('hex'),
    estimateTokens,
    defaults: {
      ...(taskModel ? { taskModel } : {}),
      ...(optimizerModel ? { optimizerModel } : {}),
      ...(refineModel ? { refineModel } : {}),
    },
  });
}

/** Who judges where a metric names nobody. Throws `RequestError`: a judge is chosen, not guessed. */
function judgeOf({ judgeModel, optimizerModel, taskModel }: EngineSettings): string {
  const chosen = judgeModel ?? optimizerModel ?? taskModel;
  if (chosen !== undefined) return chosen;
  throw new RequestError(
    'No judge model is set. Name one in the metric, judge:model=openai:gpt-4o,rubric=…, or in the settings.',
    'choose-model',
  );
}

function textOfFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new RequestError(`The file ${file} cannot be read. Check the path.`);
  }
}
