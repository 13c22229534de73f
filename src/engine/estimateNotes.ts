import { detectableAcrossFolds, detectableDifference, usualChurn } from './core/statistics.ts';
import { fewRows } from './datasets/folds.ts';
import type { EstimateFacts } from './estimate.ts';
import type { Pace } from './estimateMinutes.ts';
import type { Probe } from './probe.ts';

/** What the figures alone do not tell. */
export interface NoteFacts {
  /** Whether an optimizer model is asked. */
  readonly searches: boolean;
  /** Calls that even the shortest run needs. */
  readonly least: number;
  readonly pace: Pace;
}

/** Sentences worth reading before Start. */
export function notesFor(facts: EstimateFacts, { searches, least, pace }: NoteFacts): string[] {
  const { splits, taskModel, optimizerModel, judges, isSimulated, priceOf, settings } = facts;
  const { judgeWarnings, columnsNote } = facts;
  const notes: string[] = [...(columnsNote === undefined ? [] : [columnsNote]), ...judgeWarnings];
  const drawn = splits.train.length + splits.validation.length + splits.test.length;
  if (drawn < facts.usableRows) {
    notes.push(
      `The file is large: ${drawn} of its ${facts.usableRows} usable rows are looked at, drawn by the seed.`,
    );
  }
  if (isSimulated(taskModel) || isSimulated(optimizerModel)) {
    notes.push('The demo model is a simulation: nothing is sent and nothing is paid.');
  }
  const models = [taskModel, optimizerModel, ...judges.map(({ model }) => model)];
  const unpriced = models.filter(model => !priceOf(model));
  if (unpriced.length > 0) {
    notes.push(
      `The price of ${[...new Set(unpriced)].join(' and ')} is not known; limit calls or tokens instead of USD.`,
    );
  }
  if (searches && facts.lockedSections > 0) notes.push(lockedSentence(facts.lockedSections));
  if (searches && facts.earlierClaims) {
    const { earlierClaims: earlier } = facts;
    notes.push(
      `The rows that judge the result have judged ${earlier === 1 ? 'a result' : `${earlier} results`} of this prompt before: with each look a chance find grows likelier. New rows keep the verdict clean.`,
    );
  }
  if (facts.repeats.final > 1) notes.push(repeatsSentence(facts.repeats));
  if (facts.folds) notes.push(whatFoldsShow(drawn, facts.folds.length));
  else if (searches) notes.push(whatShows(splits.test.length));
  if (searches && drawn < fewRows && settings.crossValidation === false) {
    notes.push(
      'Cross-validation is off: the verdict hangs on these few rows alone, and how the search does on other rows is then not known.',
    );
  }
  if (settings.budget.calls !== undefined && settings.budget.calls < least) {
    notes.push('The budget of calls is smaller than the least that a run needs.');
  }
  if (facts.probe) notes.push(probeSentence(facts.probe));
  if (!isSimulated(taskModel)) notes.push(paceSentence(pace, settings.concurrency));
  return notes;
}

function lockedSentence(count: number): string {
  return count === 1
    ? 'One locked section of the prompt stays as it is, byte for byte.'
    : `${count} locked sections of the prompt stay as they are, byte for byte.`;
}

/** What a probe has shown, and cost. */
function probeSentence({ rows, inputTokens, outputTokens, spending }: Probe): string {
  const cost =
    spending.unpriced > 0
      ? 'at a price that is not known'
      : `for $${Number(spending.usd.toPrecision(2))}`;
  const paid = spending.calls > 0 ? `, ${cost}` : ', from the cache';
  return `${rows} ${rows === 1 ? 'row was' : 'rows were'} asked first: ${Math.round(inputTokens)} tokens in and ${Math.round(outputTokens)} out, on average${paid}. The run does not pay them again.`;
}

/** What the minutes were reckoned from. */
function paceSentence({ ms, answers }: Pace, concurrency: number): string {
  const seconds = `${Number((ms.likely / 1_000).toPrecision(2))} s an answer`;
  const source =
    answers > 0
      ? `${seconds}, as ${answers} answers of earlier runs took`
      : `${seconds}, which is assumed: no run has measured this model yet`;
  return `The minutes are reckoned from ${source}, with ${concurrency} at a time; waits for rate limits come on top.`;
}

/** How often rows are asked. */
function repeatsSentence({ search, final }: EstimateFacts['repeats']): string {
  return search === final
    ? `Each prompt is asked ${final} times about each row, which costs as many calls; the row's score is the mean.`
    : `In the last look each prompt is asked ${final} times about each row, because a temperature is set; the row's score is the mean.`;
}

/** What a cross-validation costs, and how small a gain it can show. */
function whatFoldsShow(rows: number, folds: number): string {
  const gain = detectableAcrossFolds(rows);
  const shows =
    gain >= 1
      ? 'so few rows can show no gain where answers are right or wrong'
      : `where answers are right or wrong, a gain of about ${Math.ceil(100 * gain)} points or more shows in four of five cases`;
  return (
    `With fewer than ${fewRows} different rows, a share of them kept aside would prove next to nothing. So the search is cross-validated: ` +
    `it is done ${folds + 1} times, once on all ${rows} rows and once for each of ${folds} folds without the rows that the fold holds out, and the budget is divided among them. ` +
    `The folds are left out where the first search finds nothing; ${shows}.`
  );
}

/** How small a gain the rows that are kept aside can show. */
function whatShows(rows: number): string {
  const gain = detectableDifference(rows, usualChurn);
  const judged = `The result is judged on ${rows} ${rows === 1 ? 'row' : 'rows'} kept aside`;
  if (gain >= 1) return `${judged}: too few to show any gain where answers are right or wrong.`;
  const points = Math.ceil(1000 * gain) / 10;
  return `${judged}: where answers are right or wrong, a gain of ${points} points or more shows in four of five cases.`;
}
