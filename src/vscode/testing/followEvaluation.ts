import { TestMessage } from 'vscode';
import type { TestItem, TestRun } from 'vscode';
import { emptyRun, reduce } from '../../engine/index.ts';
import type { Example, RunEvent, RunState } from '../../engine/index.ts';
import { formatMeasured, plural } from '../../panel/format.ts';
import { errorWords, presentErrors } from '../../panel/presentErrors.ts';
import { presentJudges } from '../../panel/presentJudges.ts';
import { directed } from '../../panel/presentMetric.ts';
import { presentSpending } from '../../panel/presentSpending.ts';
import type { RowItems } from './rowItems.ts';
import { asLine, passes, reportRow } from './rowResult.ts';
import type { PassMark } from './rowResult.ts';

/** A test run, and the rows that it is about. */
export interface FollowedRows {
  readonly run: TestRun;
  readonly parent: TestItem;
  readonly rows: RowItems;
  /** The rows that are run, in the order of the file. */
  readonly examples: readonly Example[];
  readonly mark: PassMark;
}

/** Reports an evaluation, row by row as it comes, as a test run; the figures follow as its output. */
export async function followEvaluation(
  events: AsyncIterable<RunEvent>,
  { run, parent, rows, examples, mark }: FollowedRows,
): Promise<void> {
  const byId = new Map(examples.map(example => [example.id, example]));
  for (const { id } of examples) {
    const item = rows.find(id);
    if (item) run.enqueued(item);
  }
  let state = emptyRun;
  for await (const event of events) {
    state = reduce(state, event);
    if (event.type !== 'rollout-end') continue;
    const { rollout } = event;
    const example = byId.get(rollout.exampleId);
    if (!example) continue;
    // A row that is not listed is worth a line only where something is wrong with it.
    const item = rows.find(example.id) ?? (passes(rollout, mark) ? undefined : rows.make(example));
    if (item) reportRow(run, { item, example, rollout }, mark);
  }
  tellFigures(run, parent, state);
}

function tellFigures(run: TestRun, parent: TestItem, state: RunState): void {
  const { header, ended } = state;
  if (!header || !ended) return;
  if (ended.reason === 'failed' || ended.reason === 'budget') {
    run.errored(parent, new TestMessage(ended.sentence));
  }
  const scorecard = state.evaluations.at(-1)?.scorecard ?? {};
  const total = presentSpending(state).find(({ role }) => role === 'total');
  const lines = [
    `${header.promptName} v${header.version} over ${header.datasetName} with ${header.taskModel}`,
    ...Object.entries(scorecard).map(
      ([metric, measured]) => `${directed(metric, measured)}: ${formatMeasured(measured)}`,
    ),
    ...presentJudges(state).map(({ sentence, warning }) => `${sentence} ${warning}`.trim()),
    ...presentErrors(state).map(errorWords),
    ...(header.unusableRows > 0
      ? [`${plural(header.unusableRows, 'row')} of the file cannot be used.`]
      : []),
    ...(total ? [`Spent: ${total.usd}, ${total.calls} calls, ${total.tokens} tokens.`] : []),
    ended.sentence,
  ];
  run.appendOutput(lines.map(line => `${asLine(line)}\r\n`).join(''));
}
