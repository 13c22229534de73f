import { breakdown } from './breakdown.ts';
import { checkJudge } from './checkJudge.ts';
import { compare } from './compare/compare.ts';
import { compareVersions } from './compareVersions.ts';
import { RequestError } from './core/errors.ts';
import type { LanguageModel } from './core/languageModel.ts';
import type { RefineRequest } from './core/refinement.ts';
import type { RunEvent } from './core/run.ts';
import type { VersionRef } from './core/version.ts';
import { appendRow } from './datasets/appendRow.ts';
import { estimateEvaluation, estimateOptimization } from './estimate.ts';
import { exportRun } from './exportRun.ts';
import { inspectDataset } from './inspect.ts';
import { strategyListings } from './optimize/strategies/registry.ts';
import { keepCandidate } from './keep.ts';
import { listRuns } from './listRuns.ts';
import { previewFor, readMappedRows } from './keptMapping.ts';
import { metricListings } from './metricListings.ts';
import type { EngineParts } from './parts.ts';
import { prepareEvaluation, prepareOptimization } from './prepare.ts';
import { probeRun } from './probe.ts';
import { askQuestions } from './refine/askQuestions.ts';
import { refine } from './refine/refine.ts';
import { beginRun, changesOfRun, resumeRun } from './runs.ts';
import { promptHistory } from './store/history.ts';
import { runLocks } from './store/runLock.ts';
import { runLogs } from './store/runLog.ts';
import type { Engine } from './verbs.ts';
import { watchRun } from './watchRun.ts';

/** Strings the rooms into the product's verbs. */
export function createEngine(parts: EngineParts): Engine {
  const { catalog, defaults, files, metricNamed, now, newId } = parts;
  const history = promptHistory(files, { now, newId });
  const logs = runLogs(files, { now, newId });
  const locks = runLocks(files, { now, newId, process: parts.process });
  const stores = { history, logs, locks };

  const measured = async (ref: VersionRef) => ({
    version: await history.read(ref),
    measurements: await history.measurements(ref),
  });

  const refiner = async (request: RefineRequest, signal?: AbortSignal): Promise<LanguageModel> => {
    const chosen = request.model ?? defaults.refineModel ?? defaults.optimizerModel;
    return catalog.modelNamed(chosen ?? (await catalog.defaultModel(signal, 'optimizer')));
  };

  return {
    refine: async (request, signal, options) => {
      const model = await refiner(request, signal);
      const { count, exact } = await parts.tokenizerOf(model.id);
      return refine(request, model, signal, {
        ...(exact ? { countTokens: count } : {}),
        ...options,
      });
    },
    tokenizerOf: model => parts.tokenizerOf(model),
    priceOf: model => catalog.priceOf(model),
    questions: async (request, signal) =>
      askQuestions(request, await refiner(request, signal), signal),
    evaluate: (request, signal, gate) =>
      beginRun('evaluate', request, parts, stores, { signal, gate }),
    optimize: (request, signal, gate) =>
      beginRun('optimize', request, parts, stores, { signal, gate }),
    resume: (runId, signal, options = {}) => resumeRun(runId, options, parts, stores, signal),
    changes: (runId, signal) => changesOfRun(runId, parts, stores, signal),
    async estimate(request, kind = 'optimize', signal, probe) {
      const [prepare, again] =
        kind === 'optimize'
          ? ([prepareOptimization, estimateOptimization] as const)
          : ([prepareEvaluation, estimateEvaluation] as const);
      const { estimate, facts } = await prepare(request, parts, signal);
      return probe ? again({ ...facts, probe }) : estimate;
    },
    probe: (request, kind = 'optimize', signal) => probeRun(request, kind, parts, signal),
    async compare({ left, right }) {
      if (left.promptName === right.promptName && left.number === right.number) {
        throw new RequestError(
          `Both sides are ${left.promptName}@${left.number}; choose two versions.`,
        );
      }
      return compare(await measured(left), await measured(right), metricNamed);
    },
    compareVersions: versions => compareVersions(versions, parts, stores),
    preview: (dataset, request, signal) => previewFor(dataset, request, parts, signal),
    async rows(request, signal) {
      const how = { isSplit: false, ...(signal ? { signal } : {}) };
      return (await readMappedRows(request, parts, how)).dataset;
    },
    inspect: (dataset, request = {}, signal) =>
      inspectDataset(parts.datasetPath(dataset), request, signal),
    addRow: (dataset, cells) => appendRow(parts.datasetPath(dataset), cells),
    breakdown: (request, signal) => breakdown(request, parts, stores, signal),
    checkJudge: (request, signal) => checkJudge(request, parts, signal),
    exportRun: (request, signal) => exportRun(request, parts, stores, signal),
    keep: (runId, candidateId, note) => keepCandidate({ runId, candidateId, note }, parts, stores),
    models: signal => catalog.list(signal),
    metrics: () => metricListings(parts),
    strategies: () => strategyListings,
    runs: () => listRuns(stores),
    watch: (runId, signal) => watchRun(runId, stores, parts, signal),
    replay: (runId): AsyncIterable<RunEvent> => logs.events(runId),
    history,
  };
}
