import { csvRow, defuse } from './csvText.ts';
import { junitXml } from './junit.ts';
import { scoreOf, type ExportOptions, type ResultRow } from './resultRow.ts';

/** The forms in which results leave the house. */
export type ExportFormat = 'csv' | 'tsv' | 'jsonl' | 'json' | 'junit';

/** Writes results as one text that ends with a line end. */
export function exportRows(
  rows: readonly ResultRow[],
  format: ExportFormat,
  options: ExportOptions,
): string {
  switch (format) {
    case 'csv':
      return table(rows, options, ',');
    case 'tsv':
      return table(rows, options, '\t');
    case 'jsonl':
      return rows.map(row => `${JSON.stringify(recordOf(row, options))}\n`).join('');
    case 'json':
      return `${JSON.stringify(
        rows.map(row => recordOf(row, options)),
        undefined,
        2,
      )}\n`;
    case 'junit':
      return junitXml(rows, options);
  }
}

const fixed = new Set(['line', 'id', 'expected', 'output', 'outcome', 'flaky', 'failure']);

function table(rows: readonly ResultRow[], options: ExportOptions, delimiter: string): string {
  const inputs = [...new Set(rows.flatMap(({ example }) => Object.keys(example.inputs)))];
  const taken = new Set([...fixed, ...options.metrics]);
  const named = inputs.map(input => (taken.has(input) ? `input.${input}` : input));
  const safe = (text: string | undefined): string | undefined =>
    text === undefined || options.raw ? text : defuse(text);
  const isRepeated = rows.some(({ rollout }) => rollout.repeats !== undefined);
  const header = [
    'line',
    'id',
    ...named,
    'expected',
    'output',
    'outcome',
    ...options.metrics,
    ...(isRepeated ? ['flaky'] : []),
    'failure',
  ];
  const lines = rows.map(({ example, rollout }) => [
    String(example.line),
    example.id,
    ...inputs.map(input =>
      Object.hasOwn(example.inputs, input) ? example.inputs[input] : undefined,
    ),
    example.expected,
    rollout.output,
    rollout.outcome,
    ...options.metrics.map(metric => scoreOf(rollout, metric)?.toString()),
    ...(isRepeated ? [rollout.flaky ? 'yes' : 'no'] : []),
    rollout.failure,
  ]);
  const style = { delimiter, quoteAll: false };
  return [header, ...lines].map(cells => `${csvRow(cells.map(safe), style)}\r\n`).join('');
}

/** A result as plain JSON. */
function recordOf({ example, rollout }: ResultRow, { metrics }: ExportOptions) {
  const { line, id, inputs, expected, references, labels, columns } = example;
  const { output, outcome, usage, milliseconds, repeats, flaky, failure } = rollout;
  const scores = Object.fromEntries(
    metrics.map(metric => [metric, scoreOf(rollout, metric) ?? null]),
  );
  return {
    line,
    id,
    inputs,
    expected,
    references,
    labels,
    output,
    outcome,
    scores,
    usage,
    milliseconds,
    ...(repeats ? { repeats, flaky: flaky ?? false } : {}),
    failure,
    columns,
  };
}
