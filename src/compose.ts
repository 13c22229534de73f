import { createHash, randomBytes } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { createEngine } from './engine/engine.ts';
import { localPool } from './engine/executors/localPool.ts';
import type { Engine, KeyLookup, Provider, RunSettings } from './engine/index.ts';
import { metricList, metricNamed } from './engine/metrics/registry.ts';
import type { RunModelOptions, RunModels } from './engine/parts.ts';
import { demoProvider } from './engine/providers/demo/demo.ts';
import { budgetLedger, withLedger } from './engine/providers/ledger.ts';
import { openaiProvider } from './engine/providers/openai.ts';
import { withRecord } from './engine/providers/record.ts';
import { providerRegistry } from './engine/providers/registry.ts';
import { withRetry } from './engine/providers/retry.ts';
import { estimateTokens } from './engine/providers/tokens.ts';
import { vertexProvider } from './engine/providers/vertex.ts';
import { localFiles } from './engine/store/localFiles.ts';

/** What a person has set; every model id is `provider:model`. */
export interface EngineSettings {
  readonly taskModel?: string;
  readonly optimizerModel?: string;
  /** Model of one-shot refinements; the optimizer model where absent. */
  readonly refineModel?: string;
  readonly openaiBaseUrl?: string;
  readonly vertexProject?: string;
  readonly vertexLocation?: string;
  readonly run?: Partial<RunSettings>;
}

/** What a face hands to the engine. */
export interface ComposeOptions {
  /** Workspace folder, absolute: `.prompts` lives below it. */
  readonly folder: string;
  readonly settings: EngineSettings;
  readonly keyFor: KeyLookup;
  /** Providers beyond the built-in ones, such as VS Code's own models. */
  readonly providers?: readonly Provider[];
}

const openaiOrigin = 'https://api.openai.com/v1';

/** The one place where providers, metrics, files and executor meet the engine. */
export function compose({ folder, settings, keyFor, providers = [] }: ComposeOptions): Engine {
  const registry = providerRegistry([
    openaiProvider({ baseUrl: settings.openaiBaseUrl ?? openaiOrigin, keyFor }),
    vertexProvider({
      ...(settings.vertexProject ? { project: settings.vertexProject } : {}),
      ...(settings.vertexLocation ? { location: settings.vertexLocation } : {}),
    }),
    ...providers,
    demoProvider({}),
  ]);
  const { taskModel, optimizerModel, refineModel } = settings;

  function openRunModels(options: RunModelOptions): RunModels {
    const ledger = budgetLedger(options.budget, options.alreadySpent);
    return {
      // Each attempt is reserved by itself, so that retries cannot pass the budget either.
      modelNamed: id =>
        withRecord(
          withRetry(withLedger(registry.modelNamed(id), ledger, registry.priceOf(id)), {
            onWait: (ms, why, role) => options.onWait(role, ms, why),
          }),
          options.record,
        ),
      setAside: amount => ledger.setAside(amount),
    };
  }

  return createEngine({
    files: localFiles(folder),
    catalog: {
      ...registry,
      modelNamed: id =>
        withRetry(withLedger(registry.modelNamed(id), budgetLedger({}), registry.priceOf(id))),
    },
    openRunModels,
    metricNamed,
    metricList: metricList(),
    executor: localPool,
    datasetPath: path => (isAbsolute(path) ? path : join(folder, path)),
    now: () => new Date(),
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
