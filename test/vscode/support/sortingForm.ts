import type { RunForm } from '../../../src/panel/messages.ts';

/** A prompt file for the panel, as `sorting.md`, and its dataset, as `rows.csv`. */
export const prompt =
  'You sort tickets.\nAnswer with one of: billing, shipping\n\nTicket: {{ticket}}\n';
const sound = Array.from({ length: 40 }, (_, row) =>
  row % 2 === 0 ? `the bill of order ${row} is wrong,billing` : `parcel ${row} is late,shipping`,
);
export const dataset = `ticket,team\n${sound.join('\n')}\n`;

/** The Run form filled in for them. */
export const form = (part: Partial<RunForm> = {}): RunForm => ({
  prompt: { kind: 'file', path: 'sorting.md' },
  dataset: 'rows.csv',
  inputs: {},
  expected: 'team',
  references: '',
  labels: '',
  messages: '',
  context: '',
  note: '',
  split: '',
  encoding: '',
  shares: '',
  crossValidation: 'default',
  metricOptions: '',
  otherMetrics: [],
  metric: 'accuracy',
  taskModel: 'demo:task',
  optimizerModel: 'demo:optimizer',
  strategy: 'reflect',
  targetThreshold: '',
  patience: '2',
  maxIterations: '3',
  sampleK: '8',
  repeats: '',
  budgetUsd: '',
  budgetTokens: '',
  budgetCalls: '',
  budgetMinutes: '',
  ...part,
});
