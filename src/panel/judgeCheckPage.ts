import type { JudgeCheckResult } from '../engine/index.ts';
import { firstLine, formatCost, formatScore, plural } from './format.ts';
import { markdownCell, markdownTable } from './markdownTable.ts';
import { agreementSentence } from './presentJudges.ts';

/** What a check of a judge has shown, as a page: the agreement, and every row on which they differ. */
export function judgeCheckPage(result: JudgeCheckResult): string {
  const { metric, warning, disagreements, problems, spending } = result;
  const table = markdownTable({
    heads: ['line', 'judge', 'person', 'answer', 'the judge says'],
    rows: disagreements.map(({ line, value, good, answer, reason }) => [
      String(line),
      formatScore(value),
      good ? 'good' : 'bad',
      firstLine(answer, 200),
      firstLine(reason, 400),
    ]),
    right: [0, 1],
  });
  return [
    `# ${markdownCell(metric)}`,
    markdownCell(agreementSentence(result)),
    markdownCell(warning ?? ''),
    disagreements.length > 0
      ? `## Where judge and person differ: ${plural(disagreements.length, 'row')}\n\n${table}`
      : 'Judge and person say the same of every row.',
    problems.length > 0
      ? `## Rows that were left out\n\n${problems.map(({ line, message }) => `- Line ${line}: ${markdownCell(message)}`).join('\n')}`
      : '',
    `Spent: ${plural(spending.calls, 'call')}, ${formatCost(spending)}.`,
  ]
    .filter(part => part !== '')
    .join('\n\n')
    .concat('\n');
}
