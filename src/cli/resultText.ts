import { flakySentence } from '../engine/index.ts';
import { formatDuration, formatScore, plural } from '../panel/format.ts';
import { remedyOfError } from '../panel/remedies.ts';
import { cleanLine } from './cleanText.ts';
import { judgeSentence } from '../report/judgeSentence.ts';
import { remedyHint } from './remedyHint.ts';
import { detectableText, sliceTables, worstTable } from '../report/breakdownTables.ts';
import { confusionOf } from '../report/confusion.ts';
import {
  failureTable,
  guardSentences,
  metricTable,
  outcomesText,
  spendingNotes,
  spendingTable,
} from '../report/resultTables.ts';
import type { RunResult } from '../report/runResult.ts';
import { textTable } from './table.ts';
import type { Terminal } from './terminal.ts';
import { differs, wordDiff } from '../report/wordDiff.ts';

/** Failed rows that are listed; the report and `--json` have them all. */
const listedFailures = 10;

type Target = NonNullable<RunResult['target']>;

/** The result for people: what came out, what changed, what it cost, where it is. */
export function resultText(result: RunResult, terminal: Terminal): string {
  // A run that was stopped before its first answer has nothing to show but why.
  const { calls, cached } = result.spending.total;
  if (calls + cached + result.failures.length === 0) return `${endText(result)}\n`;
  const parts = [
    verdictText(result, terminal),
    cleanLine(result.claim?.caveat ?? ''),
    result.lines.length > 0 ? textTable(metricTable(result)) : '',
    guardSentences(result).map(cleanLine).join('\n'),
    detectableText(result),
    judgesText(result),
    rowsText(result),
    confusionText(result),
    ...sliceTables(result).map(textTable),
    worstText(result),
    failuresText(result),
    diffText(result, terminal),
    [textTable(spendingTable(result)), ...spendingNotes(result)].join('\n'),
    endText(result),
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function verdictText({ claim, header }: RunResult, { paint }: Terminal): string {
  if (claim) {
    const sentence = cleanLine(claim.sentence);
    const isWorse =
      claim.verdict === 'worse' || claim.guards?.some(each => each.verdict === 'worse');
    return paint(isWorse ? 'red' : claim.verdict === 'better' ? 'green' : 'bold', sentence);
  }
  if (header.folds !== undefined) {
    return 'The cross-validation was not finished, so nothing can be claimed about the result.';
  }
  return header.kind === 'optimize'
    ? 'The test rows were not looked at, so nothing can be claimed about the result.'
    : '';
}

/** What the judges' figures are worth. */
function judgesText({ header }: RunResult): string {
  return (header.judges ?? []).map(judgeSentence).join('\n');
}

function rowsText({ claim, header, ...result }: RunResult): string {
  if (header.kind === 'evaluate') {
    const rows = `Rows: ${outcomesText({ header, ...result })}.`;
    return result.flaky ? `${rows} ${flakySentence(result.flaky)}` : rows;
  }
  if (claim?.folds !== undefined) {
    return `Before and after are measured on ${plural(claim.difference.count, 'row')}: after is what the search found without the row.`;
  }
  if (header.folds !== undefined) return '';
  return claim
    ? `Measured on ${plural(header.rows.test ?? 0, 'test row')} that the search never saw.`
    : '';
}

function confusionText(result: RunResult): string {
  const table = confusionOf(result);
  return table ? textTable(table) : '';
}

function worstText(result: RunResult): string {
  const table = worstTable(result);
  return table ? `Rows that lost most:\n${textTable(table)}` : '';
}

function failuresText(result: RunResult): string {
  const { failures, header } = result;
  if (failures.length === 0) return '';
  const heading =
    header.kind === 'evaluate'
      ? 'Rows without a score (they count as failed, never as wrong):'
      : `Without a score: ${outcomesText(result)}.`;
  const more = failures.length - listedFailures;
  return [
    heading,
    textTable(failureTable(result, listedFailures)),
    ...(more > 0 ? [`… and ${plural(more, 'row')} more.`] : []),
  ].join('\n');
}

function diffText({ changes, header, versions }: RunResult, terminal: Terminal): string {
  if (!changes) return '';
  const { system, output } = changes;
  const winner = versions.find(({ role }) => role === 'winner');
  const right = winner ? `v${winner.number}` : 'the best prompt';
  const title = `${cleanLine(header.promptName)} v${header.version} → ${right}`;
  return [
    terminal.paint('bold', title),
    wordDiff(system, terminal),
    ...(differs(output)
      ? ['', terminal.paint('bold', 'Output prompt'), wordDiff(output, terminal)]
      : []),
  ].join('\n');
}

function endText(result: RunResult): string {
  const { end, header, target, versions } = result;
  const hint = remedyHint(remedyOfError(end.errorCode)?.id);
  return [
    `${end.sentence} (${formatDuration(end.milliseconds)})`,
    ...(hint ? [hint] : []),
    ...(target ? [targetText(target, result)] : []),
    ...versions.map(
      ({ role, promptName, number, path }) =>
        `Saved ${role}: ${cleanLine(promptName)}@${number} in ${cleanLine(path)}`,
    ),
    `Run: ${header.runId}`,
    ...(end.resume ? [`To go on: ${cleanLine(end.resume)}`] : []),
  ].join('\n');
}

function targetText({ asked, score, reached }: Target, { claim, header }: RunResult): string {
  const rows = claim ? ' on the test rows' : ' on the validation rows';
  const where = header.kind === 'optimize' ? rows : '';
  if (score === undefined) return `Asked for ${formatScore(asked)}${where}: nothing was measured.`;
  return `Asked for ${formatScore(asked)}${where}: ${reached ? 'reached' : 'missed'} with ${formatScore(score)}.`;
}
