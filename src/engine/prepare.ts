import { estimateEvaluation, estimateOptimization, type EstimateFacts } from './estimate.ts';
import { RequestError } from './core/errors.ts';
import type { Dataset, Example, Split } from './core/example.ts';
import { repeatsOf } from './core/repeats.ts';
import type { RunSettings } from './core/run.ts';
import type { Amount } from './core/usage.ts';
import { areFew, foldsOf } from './datasets/folds.ts';
import { minimumRows, splitExamples } from './datasets/split.ts';
import { measuredMetrics } from './guards.ts';
import { judgingRows } from './holdout.ts';
import type { JudgeStanding } from './core/judge.ts';
import { changeable } from './optimize/component.ts';
import { locksOf } from './optimize/locks.ts';
import { judgeStandings } from './judges.ts';
import { readMappedRows } from './keptMapping.ts';
import type { EngineParts } from './parts.ts';
import { paceLookup } from './paces.ts';
import { claimReserves, worstCall, type Reserve } from './reserve.ts';
import { checkedSettings } from './settings.ts';
import { earlierClaims } from './store/holdouts.ts';
import type { Estimate, EvaluateRequest, OptimizeRequest } from './verbs.ts';

/** A request in which everything is looked up and checked; nothing has been sent. */
export interface PreparedRun {
  /** The request with the columns that it stands for. */
  readonly request: OptimizeRequest;
  /** Says that its columns were kept; undefined where they were not. */
  readonly columnsNote: string | undefined;
  readonly settings: RunSettings;
  readonly dataset: Dataset;
  readonly taskModel: string;
  /** The judges that its metrics ask. */
  readonly judges: readonly JudgeStanding[];
  /** What it will cost, as a range. */
  readonly estimate: Estimate;
  /** What it was made from. */
  readonly facts: EstimateFacts;
  /** What one request may cost at most. */
  readonly worstCall: Amount;
}

/** A prepared optimization: its rows are split, its cost is known as a range. */
export interface PreparedOptimization extends PreparedRun {
  readonly optimizerModel: string;
  readonly splits: Readonly<Record<Split, readonly Example[]>>;
  /** The folds of a cross-validation; `splits` then has no test rows. */
  readonly folds?: readonly Readonly<Record<Split, readonly Example[]>>[];
  /** What is kept back from the search to judge what it finds, in the order in which it is needed. */
  readonly reserves: readonly Reserve[];
}

/** Checks a request to evaluate, and reads its dataset. Throws `EngineError`s. */
export function prepareEvaluation(
  request: EvaluateRequest,
  parts: EngineParts,
  signal?: AbortSignal,
): Promise<PreparedRun> {
  return prepareRun(request, parts, { isSplit: false, ...(signal ? { signal } : {}) });
}

async function prepareRun(
  request: OptimizeRequest,
  parts: EngineParts,
  { isSplit, signal }: { readonly isSplit: boolean; readonly signal?: AbortSignal },
): Promise<PreparedRun> {
  const settings = checkedSettings(request.settings);
  if (request.prompt.system.trim() === '' && request.prompt.output.trim() === '') {
    throw new RequestError(`The prompt "${request.promptName}" is empty; write or choose one.`);
  }
  if (request.metrics.length === 0) {
    throw new RequestError(`No metric was named; there are ${known(parts)}.`);
  }
  const metrics = measuredMetrics(request, parts.metricNamed);
  for (const name of metrics) await parts.metricNamed(name).check?.(signal);
  const taskModel = await chosenModel(request.taskModel ?? parts.defaults.taskModel, parts, signal);
  if (!parts.catalog.priceOf(taskModel)) refusePriced(metrics, taskModel, parts);
  const how = { isSplit, ...(signal ? { signal } : {}) };
  const { request: mapped, note, dataset } = await readMappedRows(request, parts, how);
  const judges = await judgeStandings(metrics, parts);
  const splits = { train: [], validation: [], test: dataset.examples };
  const facts: EstimateFacts = {
    prompt: request.prompt,
    splits,
    lockedSections: 0,
    settings,
    repeats: { search: settings.repeats ?? 1, final: settings.repeats ?? 1 },
    taskModel,
    optimizerModel: taskModel,
    columnsNote: note,
    ...priced(parts),
    paceOf: await paceLookup(parts),
    ...judged(metrics, judges, parts),
    ...findingsOf(dataset),
  };
  return {
    request: mapped,
    settings,
    dataset,
    taskModel,
    judges,
    columnsNote: note,
    estimate: estimateEvaluation(facts),
    facts,
    worstCall: worstCall(facts),
  };
}

/** Checks a request to optimize, reads and splits its dataset, and estimates its cost. */
export async function prepareOptimization(
  request: OptimizeRequest,
  parts: EngineParts,
  signal?: AbortSignal,
): Promise<PreparedOptimization> {
  const prepared = await prepareRun(request, parts, {
    isSplit: true,
    ...(signal ? { signal } : {}),
  });
  const { dataset, settings, taskModel } = prepared;
  const locks = locksOf(request.prompt, request.locked ?? [], changeable(settings));
  const optimizerModel = await chosenModel(
    request.optimizerModel ??
      parts.defaults.optimizerModel ??
      parts.catalog.optimizerFor(taskModel),
    parts,
    signal,
  );
  if (dataset.examples.length < minimumRows) {
    throw new RequestError(
      `${dataset.name} has ${counted(dataset.examples.length, 'usable row')}; to search and to judge the result on other rows, at least ${minimumRows} are needed. Add rows, or evaluate the prompt as it is.`,
      'open-dataset',
    );
  }
  const { splits, folds } = divided(dataset.examples, settings);
  refuseEmptySplit(splits, dataset);
  const facts: EstimateFacts = {
    prompt: request.prompt,
    splits,
    lockedSections: locks.system.length + locks.output.length,
    ...(folds ? { folds } : {}),
    ...findingsOf(dataset),
    earlierClaims: await earlierClaims(parts.files, {
      promptName: request.promptName,
      exampleIds: judgingRows({ splits, ...(folds ? { folds } : {}) }),
    }),
    columnsNote: prepared.columnsNote,
    settings,
    repeats: repeatsOf(settings, dataset.examples.length),
    taskModel,
    optimizerModel,
    ...priced(parts),
    paceOf: await paceLookup(parts),
    ...judged(measuredMetrics(request, parts.metricNamed), prepared.judges, parts),
  };
  return {
    ...prepared,
    optimizerModel,
    splits,
    ...(folds ? { folds } : {}),
    estimate: estimateOptimization(facts),
    facts,
    worstCall: worstCall(facts),
    reserves: claimReserves(facts),
  };
}

/** Few rows are all searched with, and divided into folds; of more, some are kept aside. */
function divided(
  examples: readonly Example[],
  { shares, crossValidation = true }: RunSettings,
): Pick<PreparedOptimization, 'splits' | 'folds'> {
  if (crossValidation && areFew(examples)) {
    const { whole, folds } = foldsOf(examples, shares);
    return { splits: whole, folds };
  }
  return { splits: splitExamples(examples, shares ? { shares } : {}) };
}

function refusePriced(metrics: readonly string[], taskModel: string, parts: EngineParts): void {
  const priced = metrics.find(name => parts.metricNamed(name).needsPrice);
  if (priced === undefined) return;
  throw new RequestError(
    `The price of ${taskModel} is not known, so ${priced} cannot be measured. Leave the metric out, or choose a model with a listed price.`,
    'choose-model',
  );
}

/** A search needs rows to learn from and rows to choose by. */
function refuseEmptySplit(
  splits: PreparedOptimization['splits'],
  { name, mapping }: Dataset,
): void {
  const empty = (['train', 'validation'] as const).filter(split => splits[split].length === 0);
  if (empty.length === 0) return;
  const why =
    mapping.split === undefined
      ? 'its rows are too much alike to be split'
      : `its column "${mapping.split}" names none for it`;
  throw new RequestError(
    `${name} has no rows for ${empty.join(' and ')}: ${why}. Give some rows to ${empty.join(' and to ')}, or leave the split column out, so that rows are placed by their content.`,
    mapping.split === undefined ? 'open-dataset' : 'choose-columns',
  );
}

/** What an estimate is told of the judges. */
function judged(
  metrics: readonly string[],
  standings: readonly JudgeStanding[],
  { metricNamed }: EngineParts,
): Pick<EstimateFacts, 'judges' | 'judgeWarnings'> {
  return {
    judges: metrics.flatMap(name => metricNamed(name).judges ?? []),
    judgeWarnings: standings.flatMap(({ warning, metric, as = metric }) =>
      warning === undefined ? [] : [standings.length > 1 ? `${as}: ${warning}` : warning],
    ),
  };
}

function findingsOf(
  dataset: Dataset,
): Pick<EstimateFacts, 'unusableRows' | 'problems' | 'warnings' | 'usableRows'> {
  const { problems, unusableRows = problems.length, warnings = [], rows } = dataset;
  return { unusableRows, problems, warnings, usableRows: rows };
}

function priced({ catalog, estimateTokens }: EngineParts) {
  return { priceOf: catalog.priceOf, isSimulated: catalog.isSimulated, estimateTokens };
}

async function chosenModel(
  id: string | undefined,
  { catalog }: EngineParts,
  signal?: AbortSignal,
): Promise<string> {
  const chosen = id || (await catalog.defaultModel(signal));
  catalog.modelNamed(chosen);
  const limit = catalog.refineOnly(chosen);
  if (limit !== undefined) throw new RequestError(limit, 'choose-model');
  return chosen;
}

function known({ metricList }: EngineParts): string {
  return metricList.map(metric => metric.name).join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
