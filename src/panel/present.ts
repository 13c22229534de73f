import type {
  DatasetPreview,
  DatasetProblem,
  Estimate,
  MetricListing,
  ProviderListing,
  Remedy,
  RunSettings,
  RunSummary,
  StrategyListing,
} from '../engine/index.ts';
import { columnProblems } from './columns.ts';
import type {
  Choice,
  EstimateView,
  FieldProblem,
  PanelState,
  RunForm,
  RunView,
  Suggested,
  UnreadableRun,
} from './messages.ts';
import { runningElsewhere } from './presentRun.ts';
import { formatMoment } from './presentComparison.ts';
import { rowsSentence, warningSentences } from './presentDataset.ts';
import { presentEstimate } from './presentEstimate.ts';
import { metricDetail } from './presentMetric.ts';
import {
  isOnlySimulated,
  isSimulated,
  presentModelNotes,
  presentModels,
  presentUsualModel,
  usualModels,
} from './presentModels.ts';
import type { ModelSettings } from './presentModels.ts';
import { presentFewRows } from './presentFewRows.ts';
import { presentStrategies } from './presentStrategies.ts';
import { remedyButton } from './remedies.ts';
import { presentUsual } from './presentUsual.ts';
import { readForm } from './readForm.ts';

export { isUnderWay, presentRun, type WordDiff } from './presentRun.ts';

/** All that the host knows; what it does not know yet is absent. */
export interface PanelParts {
  /** Absent: the form, or the run where there is one. */
  readonly page?: 'starting' | 'no-folder' | 'untrusted';
  readonly form: RunForm;
  /** The chosen prompt: how to call it, and the names of its placeholders. */
  readonly prompt?: { readonly label: string; readonly placeholders: readonly string[] };
  /** The chosen dataset, once it has been looked into. */
  readonly dataset?: DatasetPreview;
  /** Why the dataset cannot be used at all. */
  readonly fault?: DatasetProblem;
  readonly metrics: readonly MetricListing[];
  /** Only models that may run a search. */
  readonly providers: readonly ProviderListing[];
  /** Ways to search, the default first. */
  readonly strategies: readonly StrategyListing[];
  /** What holds where the form says nothing: the settings, and the engine's defaults below them. */
  readonly settings: RunSettings;
  readonly modelSettings?: ModelSettings;
  /** Why a prompt or a dataset was chosen for the person. */
  readonly suggested?: Suggested;
  /** Problems that only the host can see: a file that is gone, a model without a key. */
  readonly problems: readonly FieldProblem[];
  /** An estimate, its absence, or the sentence that says why there is none. */
  readonly estimate?: Estimate | 'counting' | NoEstimate;
  /** Whether three rows may be asked to estimate better. */
  readonly mayProbe?: boolean;
  readonly run?: RunView;
  /** In place of a run: one whose record cannot be read. */
  readonly unreadable?: UnreadableRun;
  readonly runs?: readonly RunSummary[];
}

/** Why there is no estimate. */
export interface NoEstimate {
  readonly problem: string;
  readonly remedy?: Remedy;
  /** Present where the dataset itself is at fault. */
  readonly fault?: DatasetProblem;
}

/** A cancelled run can be gone on with for ever; only the newest ones are worth a place. */
const mostUnfinished = 3;

/** The whole picture of the Run view. Pure. */
export function presentPanel(parts: PanelParts): PanelState {
  const { form, prompt, dataset, run, providers } = parts;
  const inputNames = namesOfInputs(prompt?.placeholders ?? []);
  const problems = problemsOf(parts, inputNames);
  const set = parts.modelSettings ?? {};
  const usual = usualModels(providers, set, form.taskModel);
  const estimate = estimateOf(parts, problems);
  const { noRows } = noRowsOf(parts);
  const canTest =
    prompt !== undefined &&
    dataset !== undefined &&
    !noRows &&
    form.metric !== '' &&
    problems.length === 0;
  return {
    page: parts.page ?? (parts.unreadable ? 'unreadable' : run ? 'run' : 'form'),
    form,
    promptLabel: prompt?.label ?? '',
    inputNames,
    datasetLabel: dataset?.name ?? form.dataset,
    datasetNotes: dataset ? notesOn(dataset, parts.estimate) : [],
    ...(noRows ? { noRows } : {}),
    columns: (dataset?.columns ?? []).map(column => ({
      value: column,
      label: column,
      ...sampleOf(dataset, column),
    })),
    metrics: parts.metrics.map((metric): Choice => ({
      value: metric.name,
      label: metric.name,
      detail: metricDetail(metric),
    })),
    models: presentModels(providers, [form.taskModel, form.optimizerModel]),
    usualTaskModel: presentUsualModel(providers, usual.task, set.task !== undefined),
    usualOptimizerModel: presentUsualModel(providers, usual.optimizer, set.optimizer !== undefined),
    strategies: presentStrategies(parts.strategies, parts.settings.strategy),
    fewRows: presentFewRows(parts.settings.crossValidation),
    usual: presentUsual(parts.settings),
    modelNotes: presentModelNotes(providers),
    onlySimulated: isOnlySimulated(providers),
    simulated:
      isSimulated(form.taskModel || usual.task) ||
      isSimulated(form.optimizerModel || usual.optimizer),
    suggested: parts.suggested ?? {},
    isNewcomer: parts.runs?.length === 0,
    problems,
    estimate,
    canStart: canTest && estimate.status !== 'impossible',
    canTest,
    ...(run ? { run } : {}),
    ...(parts.unreadable ? { unreadable: parts.unreadable } : {}),
    interrupted: (parts.runs ?? [])
      .filter(({ status, kind }) => status === 'interrupted' && kind === 'optimize')
      .slice(0, mostUnfinished)
      .map(({ runId, promptName, startedAt }) => ({
        runId,
        label: `${promptName}, started ${formatMoment(startedAt)}`,
      })),
    elsewhere: (parts.runs ?? []).flatMap(({ runId, promptName, kind, holder }) =>
      holder && kind === 'optimize'
        ? [{ runId, label: `${promptName}: ${runningElsewhere(holder).replace(/^R/, 'r')}` }]
        : [],
    ),
  };
}

/** The inputs that a dataset has to feed: each placeholder once, or `input` where there is none. */
export function namesOfInputs(placeholders: readonly string[]): readonly string[] {
  return placeholders.length > 0 ? [...new Set(placeholders)] : ['input'];
}

function problemsOf(parts: PanelParts, inputNames: readonly string[]): readonly FieldProblem[] {
  const { form, prompt, dataset } = parts;
  const own = [
    ...(prompt && dataset ? columnProblems(form, dataset, inputNames) : []),
    ...readForm(form).problems,
  ];
  const taken = new Set(parts.problems.map(problem => problem.field));
  return [...parts.problems, ...own.filter(problem => !taken.has(problem.field))];
}

function estimateOf(parts: PanelParts, problems: readonly FieldProblem[]): EstimateView {
  const { estimate, prompt, dataset } = parts;
  if (estimate === 'counting') return { status: 'counting' };
  if (estimate && 'problem' in estimate) {
    if (noRowsOf(parts).noRows)
      return { status: 'none', sentence: 'Without rows there is no run.' };
    const { problem: sentence, remedy } = estimate;
    return {
      status: 'impossible',
      sentence,
      ...(remedy ? { remedy: remedyButton(remedy) } : {}),
    };
  }
  if (estimate) {
    return presentEstimate(estimate, parts.mayProbe && !isSimulated(estimate.taskModel));
  }
  if (!prompt || !dataset) {
    const missing = [prompt ? '' : 'a prompt', dataset ? '' : 'a dataset'].filter(Boolean);
    return {
      status: 'none',
      sentence: `Choose ${missing.join(' and ')} to see what a run will cost.`,
    };
  }
  return problems.length > 0
    ? { status: 'none', sentence: 'The estimate follows once the fields above are clear.' }
    : { status: 'counting' };
}

/** A dataset that is there and of which no row can be used; a wrong path is a problem of its field. */
function noRowsOf({ estimate, fault }: PanelParts): Pick<PanelState, 'noRows'> {
  const told = typeof estimate === 'object' && 'problem' in estimate ? estimate : undefined;
  const empty = fault ?? (told?.remedy === 'open-dataset' ? told.fault : undefined);
  return empty ? { noRows: { sentence: empty.message } } : {};
}

/** Of the whole file once the estimate has read it; until then, of the rows that were looked at. */
function notesOn(preview: DatasetPreview, estimate: PanelParts['estimate']): readonly string[] {
  const kept = warningSentences(preview.keptWarning ? [preview.keptWarning] : []);
  if (estimate === undefined || estimate === 'counting' || 'problem' in estimate) {
    const [first] = preview.problems;
    if (!first) return kept;
    const others = preview.problems.length > 1 ? ', and others,' : '';
    return [...kept, `Line ${first.line}${others} cannot be used: ${first.message}`];
  }
  const { rows, unusableRows: unusable, problems, warnings } = estimate;
  const usable = rows.train + rows.validation + rows.test;
  const unused = unusable > 0 ? [rowsSentence({ usable, unusable, problems })] : [];
  return [...kept, ...unused, ...warningSentences(warnings)];
}

/** What stands in the column's first row, so that a person knows it again. */
function sampleOf(dataset: DatasetPreview | undefined, column: string): { detail?: string } {
  const row = dataset?.rows[0];
  const text = row && Object.hasOwn(row, column) ? row[column] : undefined;
  return text ? { detail: `First row: ${text.slice(0, 120)}` } : {};
}
