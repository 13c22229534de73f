import type { Spending } from '../engine/index.ts';
import { totalTokens } from '../engine/index.ts';
import {
  dash,
  formatCost,
  formatCount,
  formatDifference,
  formatDuration,
  formatFigure,
  formatMeasured,
  formatOwn,
  formatPoints,
  formatScore,
  plural,
  signedOwn,
} from '../panel/format.ts';
import { costPerPoint, costPerPointSentence } from '../panel/costPerPoint.ts';
import { directed } from '../panel/presentMetric.ts';
import { damageNotes, earlierNotes, savedOf } from '../panel/presentSpending.ts';
import { cleanExcerpt, cleanLine } from './cleanText.ts';
import type { MetricLine, RunResult } from './runResult.ts';
import type { Table } from './table.ts';

/** The metrics with interval and rows; before, after and difference for a search. */
export function metricTable({ header, lines }: RunResult): Table {
  if (header.kind === 'evaluate') {
    return {
      heads: ['metric', 'score', '95 % interval', 'rows'],
      rows: lines.map(({ metric, after }) =>
        after && after.count > 0
          ? [
              directed(metric, after),
              formatFigure(after),
              after.shown
                ? `${formatOwn(after.shown.low)} to ${formatOwn(after.shown.high)}`
                : `${formatScore(after.low)} to ${formatScore(after.high)}`,
              formatCount(after.count),
            ]
          : [metric, dash, dash, '0'],
      ),
      right: [1, 3],
    };
  }
  return {
    heads: ['metric', 'before', 'after', 'difference'],
    rows: lines.map(line => [
      directed(line.metric, line.after ?? line.before),
      line.before ? formatMeasured(line.before) : dash,
      line.after ? formatMeasured(line.after) : dash,
      differenceText(line),
    ]),
  };
}

function differenceText({ difference, before, after }: MetricLine): string {
  if (!difference) return dash;
  const { value, low, high, count, shown } = difference;
  if (before?.shown && after?.shown && low === undefined) {
    return signedOwn(after.shown.value - before.shown.value);
  }
  return low === undefined || high === undefined || count === undefined
    ? formatPoints(value)
    : formatDifference({ value, low, high, count, ...(shown ? { shown } : {}) });
}

/** What the test rows say of the metrics that must not get worse, beyond the claim itself. */
export function guardSentences({ claim }: RunResult): string[] {
  const sentences = (claim?.guards ?? []).map(({ sentence }) => sentence);
  return sentences.filter(sentence => !claim?.sentence.includes(sentence));
}

/** Calls, tokens and USD by role, and what was saved. */
export function spendingTable({ spending, judgeSpending, header }: RunResult): Table {
  const judges = [...new Set((header.judges ?? []).map(({ model }) => model))].join(', ');
  const judgesOf = (metric: string): string => {
    const asked = (header.judges ?? []).filter(each => each.metric === metric);
    return cleanLine(asked.map(({ model }) => model).join(', '));
  };
  const judged = judges !== '' || spending.judge.calls > 0;
  const roles = [
    'task' as const,
    ...(header.kind === 'optimize' ? (['optimizer'] as const) : []),
    ...(judged ? (['judge'] as const) : []),
    ...(header.kind === 'optimize' || judged ? (['total'] as const) : []),
  ];
  const { taskModel: task, optimizerModel: optimizer = '' } = header;
  const byMetric = Object.entries(judgeSpending).map(([metric, spent]) => [
    `– ${cleanLine(metric)}`,
    judgesOf(metric),
    ...figures(spent),
  ]);
  const modelOf = { task, optimizer, judge: judges, total: '' };
  return {
    heads: ['spent by', 'model', 'calls', 'tokens', 'USD'],
    rows: [
      ...roles.flatMap(role => [
        [role, cleanLine(modelOf[role]), ...figures(spending[role])],
        ...(role === 'judge' && byMetric.length > 1 ? byMetric : []),
      ]),
      ...(spending.total.cached > 0
        ? [['saved by cache', '', ...figures(savedOf(spending.total))]]
        : []),
    ],
    right: [2, 3],
  };
}

function figures(spending: Spending): string[] {
  return [formatCount(spending.calls), formatCount(totalTokens(spending)), formatCost(spending)];
}

/** What the figures of the spending table do not say by themselves, as sentences. */
export function spendingNotes(result: RunResult): string[] {
  const { resumed, earlier } = result;
  const { cached, estimated, possiblyPaid } = result.spending.total;
  return [
    resumed
      ? 'This covers the whole run; what it had paid before it was interrupted was not paid again.'
      : '',
    cached > 0
      ? `${plural(cached, 'answer')} came from the workspace's cache, or the run's own record, and cost nothing.`
      : '',
    estimated > 0
      ? `Tokens of ${formatCount(estimated)} calls are estimated: the server sent no count.`
      : '',
    possiblyPaid > 0
      ? `${formatCount(possiblyPaid)} more requests got no answer and may have been billed.`
      : '',
    costPerPointSentence(costPerPoint(result.claim, result.spending.total)),
    timeNote(result),
    ...damageNotes(result),
    ...earlierNotes(earlier),
  ].filter(note => note !== '');
}

/** What was used of the minutes, which go on through all sessions; the last one is told of elsewhere. */
function timeNote({ resumed, header, end: { ranMilliseconds } }: RunResult): string {
  const { minutes } = header.settings.budget;
  if (ranMilliseconds === undefined || (!resumed && minutes === undefined)) return '';
  const allowed =
    minutes === undefined ? '' : ` of the ${formatDuration(minutes * 60_000)} allowed`;
  return `The run was at work for ${formatDuration(ranMilliseconds)}${allowed}${resumed ? ', all sessions together' : ''}.`;
}

/** How many rows ended in which way, without the kinds that did not happen. */
export function outcomesText({ outcomes }: RunResult): string {
  const kinds = Object.entries(outcomes).filter(([kind, count]) => kind === 'ok' || count > 0);
  return kinds.map(([kind, count]) => `${kind} ${formatCount(count)}`).join(', ');
}

/** Rows without a score: where, how, why. */
export function failureTable({ failures }: RunResult, limit: number): Table {
  return {
    heads: ['line', 'outcome', 'why'],
    rows: failures
      .slice(0, limit)
      .map(({ line, outcome, failure }) => [
        line === undefined ? dash : String(line),
        outcome,
        cleanExcerpt(failure ?? ''),
      ]),
    right: [0],
  };
}
