import { feedbackOf, flakySentence, formatShares } from '../engine/index.ts';
import type { Trial } from '../engine/index.ts';
import { dash, formatDuration, formatScore, plural } from '../panel/format.ts';
import { warningSentences } from '../panel/presentDataset.ts';
import { cleanExcerpt, cleanText } from './cleanText.ts';
import { detectableText, sliceTables } from './breakdownTables.ts';
import { confusionOf } from './confusion.ts';
import { judgeSentence } from './judgeSentence.ts';
import {
  failureTable,
  guardSentences,
  metricTable,
  outcomesText,
  spendingNotes,
  spendingTable,
} from './resultTables.ts';
import type { RunResult } from './runResult.ts';
import { markdownCell, markdownTable, type Table } from './table.ts';
import { wordDiff } from './wordDiff.ts';

/** Rows that lost points and are shown in a report; the run's log has them all. */
const shownRows = 50;

/** A run as a Markdown page. */
export function reportText(result: RunResult): string {
  const { header, claim, end } = result;
  const title = header.kind === 'evaluate' ? 'Evaluation' : 'Optimization';
  const parts = [
    `# ${title} of ${markdownCell(header.promptName)} v${header.version}`,
    claim ? markdownCell(claim.sentence) : '',
    markdownCell(claim?.caveat ?? ''),
    result.lines.length > 0 ? markdownTable(metricTable(result)) : 'Nothing was measured.',
    guardSentences(result)
      .map(sentence => `- ${markdownCell(sentence)}`)
      .join('\n'),
    markdownCell(detectableText(result)),
    facts(result),
    confusionText(result),
    ...sliceTables(result).map(
      table => `## By ${markdownCell(table.heads[0] ?? '')}\n\n${markdownTable(table)}`,
    ),
    trialsText(result),
    foldsText(result),
    diffText(result),
    failuresText(result),
    lostPoints(result),
    `## Spending\n\n${markdownTable(spendingTable(result))}`,
    ...spendingNotes(result).map(markdownCell),
    `${markdownCell(end.sentence)} It took ${formatDuration(end.milliseconds)}.`,
  ];
  return `${parts.filter(part => part !== '').join('\n\n')}\n`;
}

function facts(result: RunResult): string {
  const { header, versions, target } = result;
  const { shares } = header.settings;
  const rows = Object.entries(header.rows).map(([split, count]) => `${count} ${split}`);
  return [
    `- Dataset: ${markdownCell(header.datasetName)} (${rows.join(', ')}; ${header.unusableRows} unusable; fingerprint ${header.datasetFingerprint.slice(0, 12)})`,
    header.folds === undefined
      ? ''
      : `- Cross-validation: ${header.folds} folds; every row is held out once, and judged by what the search found without it`,
    shares ? `- Shares of train, validation and test: ${formatShares(shares)}` : '',
    `- Task model: ${markdownCell(header.taskModel)}`,
    ...warningSentences(header.warnings ?? [], 10).map(
      sentence =>
        `- Dataset, ${markdownCell(sentence.charAt(0).toLowerCase() + sentence.slice(1))}`,
    ),
    header.optimizerModel ? `- Optimizer model: ${markdownCell(header.optimizerModel)}` : '',
    ...(header.locked ?? []).map(text => `- Locked: ${markdownCell(cleanExcerpt(text))}`),
    ...learnedLines(header.learnedFrom),
    ...(header.judges ?? []).map(standing => `- ${markdownCell(judgeSentence(standing))}`),
    header.kind === 'optimize' ? `- Best prompt: ${bestText(result)}` : '',
    `- Answers: ${outcomesText(result)}`,
    repeatsLine(result),
    target ? `- Target ${formatScore(target.asked)}: ${target.reached ? 'reached' : 'missed'}` : '',
    `- Seed: ${header.settings.seed}, run ${markdownCell(header.runId)}`,
    ...versions.map(
      ({ role, promptName, number, path }) =>
        `- Saved ${role}: ${markdownCell(`${promptName}@${number}`)} (${markdownCell(path)})`,
    ),
  ]
    .filter(line => line !== '')
    .join('\n');
}

/** What a meta-model began with, and what of the earlier logs it could not use. */
function learnedLines(earlier: RunResult['header']['learnedFrom']): string[] {
  if (!earlier) return [];
  const { runs, edits, notes } = earlier;
  return [
    `- Meta-model: learned from ${plural(edits, 'edit')} of ${plural(runs, 'earlier run')}`,
    ...notes.map(note => `- Meta-model: ${markdownCell(note)}`),
  ];
}

/** How often rows were asked, and which of them flip. */
function repeatsLine({ header, flaky, scored }: RunResult): string {
  const { search, final } = header.repeats ?? { search: 1, final: 1 };
  if (final === 1) return '';
  const often = search === final ? `${final} times` : `${final} times in the last look`;
  const lines = scored.flatMap(rollout => (rollout.flaky ? (rollout.line ?? []) : []));
  const named = lines.length > 0 ? ` (lines ${lines.slice(0, 20).join(', ')})` : '';
  return `- Repeats: each row was asked ${often}; its score is the mean. ${flaky ? flakySentence(flaky) : ''}${named}`;
}

function bestText({ best, header, trials }: RunResult): string {
  if (best.id === header.original.id) return `the original, v${header.version}`;
  const trial = trials.find(each => each.status === 'decided' && each.candidateId === best.id);
  return `candidate ${best.id}${trial ? ` of trial ${trial.number}` : ''}`;
}

function confusionText(result: RunResult): string {
  const table = confusionOf(result);
  return table ? `## Labels\n\n${markdownTable(table)}` : '';
}

function trialsText({ trials, metaModel }: RunResult): string {
  if (trials.length === 0) return '';
  const table: Table = {
    heads: ['trial', 'operator', 'before', 'after', 'fixed', 'broken', 'decision'],
    rows: trials.map(trial =>
      trial.status === 'decided'
        ? [
            String(trial.number),
            trial.operator,
            formatScore(trial.before.value),
            formatScore(trial.after.value),
            String(trial.fixed),
            String(trial.broken),
            cleanExcerpt(decisionText(trial)),
          ]
        : [
            String(trial.number),
            trial.operator,
            dash,
            dash,
            dash,
            dash,
            trial.status === 'skipped' ? cleanExcerpt(`skipped: ${trial.why}`) : 'unfinished',
          ],
    ),
    right: [0, 2, 3, 4, 5],
  };
  const choices = trials.flatMap(({ number, choice, foresight }) =>
    [choice?.sentence, foresight?.favoured].flatMap(why =>
      why === undefined ? [] : `- Trial ${number}: ${markdownCell(why)}`,
    ),
  );
  return [
    '## Trials',
    markdownTable(table),
    metaModel ? markdownCell(metaModel.sentence) : '',
    choices.join('\n'),
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

function foldsText({ folds, header }: RunResult): string {
  if (folds.length === 0) return '';
  const metric = header.metrics[0] ?? '';
  const table: Table = {
    heads: ['fold', 'rows held out', 'found', metric, 'trials', 'why its search ended'],
    rows: folds.map(({ number, rows, found, value, trials, sentence }) => [
      String(number),
      String(rows),
      found === header.original.id ? 'the original' : found,
      value === undefined ? dash : formatScore(value),
      String(trials),
      cleanExcerpt(sentence),
    ]),
    right: [0, 1, 3, 4],
  };
  return `## Folds\n\n${markdownTable(table)}`;
}

/** The reasons of most strategies begin with the decision; the others get it in front. */
function decisionText({ accepted, reason }: Pick<Trial, 'accepted' | 'reason'>): string {
  return /^(?:not )?kept\b/i.test(reason) ? reason : `${accepted ? 'kept' : 'refused'}: ${reason}`;
}

function diffText({ changes, header, versions }: RunResult): string {
  if (!changes) return '';
  const { system, output } = changes;
  const winner = versions.find(({ role }) => role === 'winner');
  const plain = { paint: (_: string, text: string) => text, coloured: false };
  const text = [wordDiff(system, plain), wordDiff(output, plain)].filter(each => each !== '');
  return `## Changes from v${header.version} to ${winner ? `v${winner.number}` : 'the best prompt'}\n\n${fenced(text.join('\n\n'))}`;
}

function failuresText(result: RunResult): string {
  if (result.failures.length === 0) return '';
  return `## Rows without a score\n\n${markdownTable(failureTable(result, Infinity))}`;
}

function lostPoints({ scored, header }: RunResult): string {
  const metric = header.metrics[0] ?? '';
  const below = scored.filter(rollout => (rollout.scores[metric]?.value ?? 1) < 1);
  if (below.length === 0) return '';
  const table: Table = {
    heads: ['line', metric, 'answer', 'feedback'],
    rows: below.slice(0, shownRows).map(({ line, output, scores }) => {
      const score = scores[metric];
      return [
        line === undefined ? dash : String(line),
        score ? formatScore(score.value) : dash,
        cleanExcerpt(output),
        cleanExcerpt(feedbackOf(scores) ?? ''),
      ];
    }),
    right: [0, 1],
  };
  const shown = below.length > shownRows ? ` (the first ${shownRows} of ${below.length})` : '';
  return `## Rows that lost points${shown}\n\n${markdownTable(table)}`;
}

/** A code block that no text inside can end. */
function fenced(text: string): string {
  const clean = cleanText(text);
  const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${clean}\n${fence}`;
}
