import type { PanelMessage, RunForm } from './messages.ts';

/** More than any prompt or path a person would send; stops a page from filling the host's memory. */
const longestText = 2_000_000;
const mostInputs = 5_000;
const mostMetrics = 100;

const textFields = [
  'dataset',
  'expected',
  'references',
  'labels',
  'messages',
  'context',
  'note',
  'split',
  'encoding',
  'metric',
  'metricOptions',
  'taskModel',
  'optimizerModel',
  'strategy',
  'targetThreshold',
  'patience',
  'maxIterations',
  'sampleK',
  'repeats',
  'shares',
  'crossValidation',
  'budgetUsd',
  'budgetTokens',
  'budgetCalls',
  'budgetMinutes',
] as const satisfies readonly (keyof RunForm)[];

/** Whether a message that the panel posted is one of ours. Input from outside: shapes are checked. */
export function isPanelMessage(value: unknown): value is PanelMessage {
  if (!isRecord(value)) return false;
  switch (value['type']) {
    case 'panel-ready':
    case 'prompt-pick':
    case 'prompt-open':
    case 'dataset-pick':
    case 'dataset-open':
    case 'dataset-preview':
    case 'dataset-problems':
    case 'metrics-pick':
    case 'judge-check':
    case 'estimate-again':
    case 'estimate-probe':
    case 'run-pause':
    case 'run-continue':
    case 'slices-pick':
    case 'run-cancel':
    case 'run-close':
    case 'demo-start':
      return true;
    case 'form-change':
    case 'run-start':
    case 'prompt-test':
      return isRunForm(value['form']);
    case 'run-resume':
    case 'run-show':
    case 'report-open':
    case 'files-show':
    case 'results-export':
      return isName(value['runId']);
    case 'trial-select':
      return value['number'] === undefined || isWholeNumber(value['number']);
    case 'row-open':
    case 'row-fix':
      return isName(value['exampleId']);
    case 'candidate-diff':
    case 'version-save':
      return isName(value['candidateId']);
    case 'rows-show':
      return isRowsKind(value['kind']) && isWholeNumber(value['from']);
    case 'heat-show':
      return (
        isHeatSplit(value['split']) &&
        isWholeNumber(value['from']) &&
        isWholeNumber(value['column'])
      );
    case 'heat-open':
      return isName(value['candidateId']) && isName(value['exampleId']);
    case 'remedy':
      return isName(value['id']);
    default:
      return false;
  }
}

function isRunForm(value: unknown): value is RunForm {
  return (
    isRecord(value) &&
    textFields.every(field => isText(value[field])) &&
    isInputs(value['inputs']) &&
    isMetrics(value['otherMetrics']) &&
    (value['prompt'] === undefined || isPromptChoice(value['prompt']))
  );
}

function isInputs(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const columns = Object.values(value);
  return columns.length <= mostInputs && columns.every(isText);
}

function isMetrics(value: unknown): boolean {
  return Array.isArray(value) && value.length <= mostMetrics && value.every(isName);
}

function isPromptChoice(value: unknown): boolean {
  if (!isRecord(value)) return false;
  switch (value['kind']) {
    case 'version':
      return isName(value['promptName']) && isWholeNumber(value['number']);
    case 'file':
      return isName(value['path']);
    case 'selection':
      return isText(value['label']) && isText(value['text']);
    default:
      return false;
  }
}

function isRowsKind(value: unknown): boolean {
  return value === 'broken' || value === 'fixed' || value === 'all';
}

function isHeatSplit(value: unknown): boolean {
  return value === 'train' || value === 'validation' || value === 'test';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

function isName(value: unknown): value is string {
  return isText(value) && value !== '';
}

function isWholeNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
