import { Location, TestMessage } from 'vscode';
import type { TestItem, TestRun } from 'vscode';
import type { Example, Rollout } from '../../engine/index.ts';
import { feedbackOf } from '../../engine/index.ts';
import { formatScore } from '../../panel/format.ts';
import { wrongAnswer } from '../ids.ts';

/** What a row has to reach to pass. */
export interface PassMark {
  /** The metric that decides. */
  readonly metric: string;
  /** 0..1 on the engine's scale, where higher is better. */
  readonly least: number;
}

/** A row that was run: its item, what the dataset says, and what came of it. */
export interface RowRun {
  readonly item: TestItem;
  readonly example: Example;
  readonly rollout: Rollout;
}

/** Whether the row's answer is good enough; a row without a score is neither good nor bad. */
export function passes({ outcome, scores }: Rollout, { metric, least }: PassMark): boolean {
  const score = scores[metric];
  return outcome === 'ok' && score !== undefined && score.value >= least;
}

/**
 * Tells VS Code how a row ended. No answer is an error and an answer that no metric could judge is
 * skipped: neither is ever a failure, which is an answer that was judged and found wrong.
 */
export function reportRow(run: TestRun, row: RowRun, mark: PassMark): void {
  const { item, rollout } = row;
  const { milliseconds } = rollout;
  switch (rollout.outcome) {
    case 'ok':
      if (passes(rollout, mark)) run.passed(item, milliseconds);
      else run.failed(item, failureOf(row, mark), milliseconds);
      return;
    case 'failed':
    case 'refused':
    case 'cut':
      run.errored(
        item,
        placed(new TestMessage(rollout.failure ?? 'No answer.'), item),
        milliseconds,
      );
      return;
    case 'unscored':
      run.skipped(item);
      run.appendOutput(`Not scored: ${asLine(rollout.failure ?? '')}\r\n`, undefined, item);
      return;
    case 'not-run':
      return;
  }
}

function failureOf({ item, example, rollout }: RowRun, { metric, least }: PassMark): TestMessage {
  const score = rollout.scores[metric];
  const others = Object.entries(rollout.scores).filter(([name]) => name !== metric);
  const sentence = [
    `${metric} ${formatScore(score?.value ?? Number.NaN)}, passes at ${formatScore(least)}.`,
    ...(others.length > 0
      ? [others.map(([name, { value }]) => `${name} ${formatScore(value)}`).join(', ') + '.']
      : []),
    feedbackOf(rollout.scores) ?? '',
  ]
    .join(others.length > 0 ? '\n' : ' ')
    .trim();
  const expected = example.expected ?? example.labels?.join(', ');
  const message =
    expected === undefined
      ? new TestMessage(`${sentence}\n\n${rollout.output}`)
      : TestMessage.diff(sentence, expected, rollout.output);
  message.contextValue = wrongAnswer;
  return placed(message, item);
}

function placed(message: TestMessage, { uri, range }: TestItem): TestMessage {
  if (uri && range) message.location = new Location(uri, range);
  return message;
}

/** Output of tests goes to a terminal, which obeys control characters: words of others lose them. */
export function asLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
