import { RequestError } from './core/errors.ts';
import type { Breakdown, BreakdownRequest, Confusion, JudgedRow, Slice } from './core/breakdown.ts';
import type { Example } from './core/example.ts';
import type { Metric } from './core/metric.ts';
import type { Rollout } from './core/rollout.ts';
import type { RunHeader } from './core/run.ts';
import { feedbackOf, type Aggregate } from './core/score.ts';
import {
  aggregateOf,
  areRightOrWrong,
  detectableDifference,
  usualChurn,
} from './core/statistics.ts';
import { judgedRows, type JudgedRun } from './judgedRows.ts';
import type { EngineParts } from './parts.ts';
import type { Stores } from './session.ts';

/** More labels than these make no matrix. */
const mostLabels = 50;
/** Values of a column that stand apart; rarer ones are put together. */
const mostValues = 20;
const usualWorst = 10;

/** Labels, slices and worst rows of a recorded run. Throws as `judgedRows` does. */
export async function breakdown(
  { runId, slices, of = 'best', worst = usualWorst }: BreakdownRequest,
  parts: EngineParts,
  stores: Stores,
  signal?: AbortSignal,
): Promise<Breakdown> {
  const asked = slices === undefined ? { runId, of } : { runId, of, columns: slices };
  const run = await judgedRows(asked, parts, stores, signal);
  const { header, columns } = run;
  const scored = run.rows.filter(({ rollout }) => rollout.outcome === 'ok');
  const metrics = header.metrics.map(name => ({ name, metric: parts.metricNamed(name) }));
  const confusion = confusionOf(scored, metrics);
  return {
    metric: header.metrics[0] ?? '',
    rows: scored.length,
    ...detectableOn(scored, metrics[0]),
    ...(confusion ? { confusion } : {}),
    slices: columns.flatMap(column => slicesOf(column, scored, metrics, header)),
    worst: worstOf(scored, header.metrics[0] ?? '', worst),
  };
}

type Rows = JudgedRun['rows'];
type Named = readonly { readonly name: string; readonly metric: Metric }[];

function detectableOn(rows: Rows, primary: Named[number] | undefined) {
  if (!primary) return {};
  const scores = rows.flatMap(({ rollout }) => rollout.scores[primary.name] ?? []);
  if (scores.length === 0 || !areRightOrWrong(scores, primary.metric)) return {};
  return { detectable: detectableDifference(scores.length, usualChurn) };
}

function confusionOf(rows: Rows, metrics: Named): Confusion | undefined {
  for (const { name, metric } of metrics) {
    if (!metric.confusion || rows.length === 0) continue;
    const counts = metric.confusion(
      rows.map(({ example, rollout }) => ({ output: rollout.output, example })),
    );
    return counts.labels.length > mostLabels ? undefined : { metric: name, ...counts };
  }
  return undefined;
}

function slicesOf(column: string, rows: Rows, metrics: Named, { settings }: RunHeader): Slice[] {
  const groups = new Map<string, Rollout[]>();
  for (const { example, rollout } of rows) {
    const cell = example.columns?.[column] ?? '';
    const group = groups.get(cell);
    if (group) group.push(rollout);
    else groups.set(cell, [rollout]);
  }
  const byCount = [...groups].sort(([, left], [, right]) => right.length - left.length);
  const rarer = byCount.splice(mostValues).flatMap(([, rollouts]) => rollouts);
  const slice = (rollouts: readonly Rollout[]): Omit<Slice, 'value'> => {
    const scorecard: Record<string, Aggregate> = {};
    for (const { name, metric } of metrics) {
      const scores = rollouts.flatMap(rollout => rollout.scores[name] ?? []);
      if (scores.length > 0) scorecard[name] = aggregateOf(scores, metric, settings.seed);
    }
    return { column, rows: rollouts.length, scorecard };
  };
  return [
    ...byCount.map(([value, rollouts]) => ({ ...slice(rollouts), value })),
    ...(rarer.length > 0 ? [slice(rarer)] : []),
  ];
}

function worstOf(rows: Rows, metric: string, most: number): JudgedRow[] {
  if (!Number.isInteger(most) || most < 0) {
    throw new RequestError(`The number of worst rows is ${most}, but it is a whole number from 0.`);
  }
  const valueOf = ({ rollout }: Rows[number]): number => rollout.scores[metric]?.value ?? 1;
  return rows
    .filter(row => valueOf(row) < 1)
    .sort((left, right) => valueOf(left) - valueOf(right) || left.example.line - right.example.line)
    .slice(0, most)
    .map(row => judgedRow(row.example, row.rollout, valueOf(row)));
}

function judgedRow(
  { id, line, inputs, expected }: Example,
  { output, scores }: Rollout,
  value: number,
): JudgedRow {
  const feedback = feedbackOf(scores);
  return {
    exampleId: id,
    line,
    value,
    inputs,
    ...(expected === undefined ? {} : { expected }),
    output,
    ...(feedback === undefined ? {} : { feedback }),
  };
}
