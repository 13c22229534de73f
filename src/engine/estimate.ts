import type { Example, Split } from './core/example.ts';
import type { Price } from './core/languageModel.ts';
import { renderPrompt, type Prompt } from './core/prompt.ts';
import type { RunSettings } from './core/run.ts';
import type { Role } from './core/usage.ts';
import { detectableDifference, usualChurn } from './core/statistics.ts';
import { judgeCost, timesAnswers, type JudgeFacts } from './judgeCost.ts';
import { longestPrompt } from './optimize/guards.ts';
import type { Estimate, Range } from './verbs.ts';

/** What an estimate is made from. */
export interface EstimateFacts extends JudgeFacts {
  readonly prompt: Prompt;
  readonly splits: Readonly<Record<Split, readonly Example[]>>;
  readonly unusableRows: number;
  readonly problems: Estimate['problems'];
  readonly warnings: Estimate['warnings'];
  /** All of the file, also those that a run leaves out because they are too many. */
  readonly usableRows: number;
  readonly settings: RunSettings;
  readonly taskModel: string;
  readonly optimizerModel: string;
  readonly isSimulated: (model: string) => boolean;
  /** Says that the columns were kept; undefined where they were not. */
  readonly columnsNote: string | undefined;
  /** Why judges may not decide by themselves. */
  readonly judgeWarnings: readonly string[];
}

/** All rows that the optimizer model is shown at once, at most (`optimize/evidence.ts`). */
const evidenceTokens = 3500;
/** Tokens of the instructions around the evidence, and of a rationale. */
const optimizerFrame = 700;
/**
 * Low and high bound of what a run sends, from the rows, the settings and the stop rules.
 * Low: the first look finds nothing to mend. High: every trial is run on every row it may look at,
 * with a prompt that has grown as prompts do and answers that explain themselves. It is a forecast;
 * what a run may spend at most is its budget.
 */
export function estimateOptimization(facts: EstimateFacts): Estimate {
  return estimate(facts, countCalls(facts), usualLimits(facts));
}

/** The same for an evaluation: every row, which stands under `test`, is run once. */
export function estimateEvaluation(facts: EstimateFacts): Estimate {
  const rows = facts.splits.test.length;
  const none = { low: 0, high: 0 };
  return estimate(
    facts,
    { task: { low: rows, high: rows }, optimizer: none },
    { ...usualLimits(facts), grown: 0 },
  );
}

type Calls = Readonly<Record<Exclude<Role, 'judge'>, Range>>;
/** Tokens of one call. */
type Tokens = Readonly<Record<'input' | 'output', Range>>;

function estimate(facts: EstimateFacts, calls: Calls, limits: Limits): Estimate {
  const task = taskTokens(facts, limits);
  const perAnswer = judgeCost(facts, someRows(facts), { longest: limits.answer });
  const judge = timesAnswers(perAnswer, calls.task);
  const judgeModels = [...new Set(facts.judges.map(({ model }) => model))];
  const { settings, splits, priceOf } = facts;
  const optimizer = optimizerTokens(facts);
  const total = (of: 'low' | 'high'): number =>
    calls.task[of] * (task.input[of] + task.output[of]) +
    calls.optimizer[of] * (optimizer.input[of] + optimizer.output[of]) +
    judge.tokens[of];
  const taskPrice = priceOf(facts.taskModel);
  const optimizerPrice = priceOf(facts.optimizerModel);
  const usd = (of: 'low' | 'high', left: Price, right: Price): number =>
    calls.task[of] * (task.input[of] * left.inputUsd + task.output[of] * left.outputUsd) +
    calls.optimizer[of] *
      (optimizer.input[of] * right.inputUsd + optimizer.output[of] * right.outputUsd) +
    (judge.usd?.[of] ?? 0);
  const { budget } = settings;
  return {
    calls: capped(
      {
        low: calls.task.low + calls.optimizer.low + judge.calls.low,
        high: calls.task.high + calls.optimizer.high + judge.calls.high,
      },
      budget.calls,
    ),
    tokens: capped({ low: total('low'), high: total('high') }, budget.tokens),
    ...(taskPrice && optimizerPrice && judge.usd
      ? {
          usd: capped(
            {
              low: usd('low', taskPrice, optimizerPrice),
              high: usd('high', taskPrice, optimizerPrice),
            },
            budget.usd,
          ),
        }
      : {}),
    rows: {
      train: splits.train.length,
      validation: splits.validation.length,
      test: splits.test.length,
    },
    unusableRows: facts.unusableRows,
    problems: facts.problems,
    warnings: facts.warnings,
    taskModel: facts.taskModel,
    optimizerModel: facts.optimizerModel,
    ...(judgeModels.length > 0 ? { judge: { models: judgeModels, ...judge } } : {}),
    unpriced: [facts.taskModel, facts.optimizerModel, ...judgeModels].filter(
      (model, index, all) => !priceOf(model) && all.indexOf(model) === index,
    ),
    notes: notesFor(facts, calls, calls.task.low + judge.calls.low),
  };
}

function countCalls({ settings, splits }: EstimateFacts): Calls {
  const train = splits.train.length;
  const validation = splits.validation.length;
  const test = splits.test.length;
  const sample = Math.min(settings.sampleK, train);
  const trials = Math.min(settings.patience, settings.maxIterations);
  return {
    task: {
      low: sample + validation + test,
      high: sample + validation + 2 * test + settings.maxIterations * (2 * sample + validation),
    },
    optimizer: { low: Math.min(1, trials), high: settings.maxIterations },
  };
}

/** How long things get: tokens by which the prompt grows, and tokens of the longest answer. */
export interface Limits {
  readonly grown: number;
  readonly answer: number;
}

/** The worst that the guards and the settings let happen. */
export function worstLimits({ prompt, estimateTokens, settings }: EstimateFacts): Limits {
  const own = estimateTokens(prompt.system) + estimateTokens(prompt.output);
  return { grown: longestPrompt(own) - own, answer: settings.maxTokens };
}

/** An answer that explains itself, and a prompt that twice as many rules have made longer. */
function usualLimits(facts: EstimateFacts): Limits {
  const { prompt, estimateTokens } = facts;
  const own = estimateTokens(prompt.system) + estimateTokens(prompt.output);
  const expected = Math.max(...someRows(facts).map(row => estimateTokens(row.expected ?? '')), 0);
  const worst = worstLimits(facts);
  return {
    grown: Math.min(worst.grown, Math.max(300, own)),
    answer: Math.min(worst.answer, Math.max(256, 4 * expected)),
  };
}

/** Tokens of one call of the task model. */
export function taskTokens(facts: EstimateFacts, { grown, answer }: Limits): Tokens {
  const { prompt, estimateTokens } = facts;
  const rows = someRows(facts);
  const prompts = rows.map(row =>
    renderPrompt(prompt, row.inputs).reduce((sum, each) => sum + estimateTokens(each.content), 0),
  );
  const wanted = rows.map(row => estimateTokens(row.expected ?? ''));
  return {
    input: { low: mean(prompts), high: mean(prompts) + grown },
    output: { low: Math.max(1, mean(wanted)), high: answer },
  };
}

function optimizerTokens(facts: EstimateFacts): Tokens {
  const { prompt, estimateTokens } = facts;
  const own = estimateTokens(prompt.system) + estimateTokens(prompt.output);
  const row = mean(
    someRows(facts).map(each =>
      estimateTokens(Object.values(each.inputs).join('\n') + (each.expected ?? '')),
    ),
  );
  return {
    input: {
      low: optimizerFrame + own + row,
      high: optimizerFrame + longestPrompt(own) + evidenceTokens,
    },
    output: { low: own, high: longestPrompt(own) + optimizerFrame },
  };
}

function notesFor(facts: EstimateFacts, calls: Calls, least: number): string[] {
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
  if (calls.optimizer.high > 0) notes.push(whatShows(splits.test.length));
  if (settings.budget.calls !== undefined && settings.budget.calls < least) {
    notes.push('The budget of calls is smaller than the least that a run needs.');
  }
  return notes;
}

/** How small a gain the rows that are kept aside can show. */
function whatShows(rows: number): string {
  const gain = detectableDifference(rows, usualChurn);
  const judged = `The result is judged on ${rows} ${rows === 1 ? 'row' : 'rows'} kept aside`;
  if (gain >= 1) return `${judged}: too few to show any gain where answers are right or wrong.`;
  const points = Math.ceil(1000 * gain) / 10;
  return `${judged}: where answers are right or wrong, a gain of ${points} points or more shows in four of five cases.`;
}

/** Enough rows to tell how long they are. */
export function someRows({ splits }: EstimateFacts): readonly Example[] {
  return [...splits.train, ...splits.validation, ...splits.test].slice(0, 200);
}

function capped(range: Range, limit: number | undefined): Range {
  if (limit === undefined) return range;
  return { low: Math.min(range.low, limit), high: Math.min(range.high, limit) };
}

function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) return 0;
  return Math.ceil(numbers.reduce((sum, each) => sum + each, 0) / numbers.length);
}
