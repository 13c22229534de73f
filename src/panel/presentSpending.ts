import type { Budget, RunState, Spending } from '../engine/index.ts';
import { costPerPoint, costPerPointSentence } from './costPerPoint.ts';
import { formatCount, formatTokens, formatUsd, plural } from './format.ts';
import type { RunView, SpendingView } from './messages.ts';

/** What each role has spent, all together, and what was saved; nothing before the run knows what it is. */
export function presentSpending(state: RunState): readonly SpendingView[] {
  const { spending, judgeSpending, header } = state;
  if (!header) return [];
  const total = spentInAll(spending);
  const byMetric = Object.entries(judgeSpending).map(([metric, spent]) => ({
    ...viewOf('judge', spent),
    metric,
  }));
  return [
    viewOf('task', spending.task),
    viewOf('optimizer', spending.optimizer),
    ...(spending.judge.calls + spending.judge.cached > 0 ? [viewOf('judge', spending.judge)] : []),
    ...(byMetric.length > 1 ? byMetric : []),
    viewOf('total', total),
    ...(total.cached > 0 ? [viewOf('saved', savedOf(total))] : []),
  ];
}

/** What the figures leave open or left out, a sentence each. */
export function presentCostNotes(state: RunState): readonly string[] {
  const { spending, earlier } = state;
  const total = spentInAll(spending);
  return [
    total.unpriced > 0 ? `No price is listed for ${plural(total.unpriced, 'call')}.` : '',
    total.cached > 0
      ? `${plural(total.cached, 'answer')} came from the cache of this workspace, or the record of this run, and cost nothing.`
      : '',
    total.possiblyPaid > 0
      ? `${plural(total.possiblyPaid, 'request')} may have been billed though no answer came.`
      : '',
    total.estimated > 0
      ? `The tokens of ${plural(total.estimated, 'call')} are our estimate: the provider reported none.`
      : '',
    costPerPointSentence(costPerPoint(state.claim, total)),
    ...damageNotes(state),
    ...earlierNotes(earlier),
  ].filter(note => note !== '');
}

/** What of the workspace's cache could not be used. */
export function damageNotes({ damagedAnswers }: Pick<RunState, 'damagedAnswers'>): string[] {
  if (damagedAnswers === 0) return [];
  const they = damagedAnswers === 1 ? 'it was' : 'they were';
  return [
    `${plural(damagedAnswers, 'entry', 'entries')} of the cache of answers could not be read; what ${they} for is asked again.`,
  ];
}

/** What sessions before this one left open, for people. */
export function earlierNotes(earlier: RunState['earlier']): readonly string[] {
  const { inFlight = 0, damagedLines = 0 } = earlier ?? {};
  return [
    inFlight > 0
      ? `${plural(inFlight, 'request')} of earlier sessions had no recorded answer when they ended, and may have been billed.`
      : '',
    damagedLines > 0
      ? `${plural(damagedLines, 'line')} of the record of calls could not be read; those answers are asked for again.`
      : '',
  ].filter(note => note !== '');
}

/** Each limit with what is used of it, and the largest share of one. */
export function presentBudget({
  header,
  spending,
  ranMs = 0,
}: RunState): Pick<RunView, 'budget' | 'budgetShare'> {
  const budget: Budget = header?.settings.budget ?? {};
  const total = spentInAll(spending);
  const limits = [
    limit(total.usd, budget.usd, formatUsd, ''),
    limit(tokensOf(total), budget.tokens, formatTokens, ' tokens'),
    limit(total.calls, budget.calls, formatCount, ' calls'),
    limit(Math.floor(ranMs / 6_000) / 10, budget.minutes, String, ' min'),
  ].filter(each => each !== undefined);
  if (limits.length === 0) return { budget: 'No budget set' };
  return {
    budget: limits.map(each => each.text).join(' · '),
    budgetShare: Math.min(1, Math.max(...limits.map(each => each.share))),
  };
}

function limit(
  spent: number,
  most: number | undefined,
  format: (value: number) => string,
  unit: string,
): { readonly text: string; readonly share: number } | undefined {
  if (most === undefined) return undefined;
  return {
    text: `${format(spent)} of ${format(most)}${unit}`,
    share: most > 0 ? spent / most : 1,
  };
}

function viewOf(role: SpendingView['role'], spending: Spending): SpendingView {
  return {
    role,
    calls: formatCount(spending.calls),
    tokens: formatTokens(tokensOf(spending)),
    usd: costOf(spending),
  };
}

/** Short, for a narrow column; the note below the table says how many calls it is. */
function costOf({ usd, unpriced }: Spending): string {
  if (unpriced === 0) return formatUsd(usd);
  return usd === 0 ? 'unknown' : `${formatUsd(usd)} + unknown`;
}

function tokensOf({ inputTokens, outputTokens }: Spending): number {
  return inputTokens + outputTokens;
}

function spentInAll({ task, optimizer, judge }: RunState['spending']): Spending {
  return sum(sum(task, optimizer), judge);
}

/** What was saved, as if it had been spent; all of its tokens stand as input. */
export function savedOf(spending: Spending): Spending {
  const { cached: calls, savedTokens, savedUsd, savedUnpriced } = spending;
  const outputTokens = 0;
  return {
    ...spending,
    calls,
    inputTokens: savedTokens,
    outputTokens,
    usd: savedUsd,
    unpriced: savedUnpriced,
  };
}

function sum(left: Spending, right: Spending): Spending {
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    usd: left.usd + right.usd,
    unpriced: left.unpriced + right.unpriced,
    estimated: left.estimated + right.estimated,
    possiblyPaid: left.possiblyPaid + right.possiblyPaid,
    cached: left.cached + right.cached,
    savedTokens: left.savedTokens + right.savedTokens,
    savedUsd: left.savedUsd + right.savedUsd,
    savedUnpriced: left.savedUnpriced + right.savedUnpriced,
  };
}
