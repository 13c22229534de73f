import type { Example, Split } from './core/example.ts';
import type { Prompt } from './core/prompt.ts';
import type { Repeats } from './core/repeats.ts';
import type { RunSettings } from './core/run.ts';
import type { Role } from './core/usage.ts';
import { minutesOf, probedPace, type Pace } from './estimateMinutes.ts';
import { notesFor } from './estimateNotes.ts';
import {
  optimizerTokens,
  probeRows,
  someRows,
  taskTokens,
  usualLimits,
  type Limits,
} from './estimateTokens.ts';
import { cappedAt, exactly, forecastOf } from './forecast.ts';
import { judgeCost, timesAnswers, type JudgeFacts } from './judgeCost.ts';
import { siblings } from './optimize/foresight/chooseProposal.ts';
import { searchCalls } from './optimize/searchCalls.ts';
import { strategyOf } from './optimize/strategies/registry.ts';
import type { Probe } from './probe.ts';
import type { Estimate, Forecast } from './verbs.ts';

/** What an estimate is made from. */
export interface EstimateFacts extends JudgeFacts {
  readonly prompt: Prompt;
  readonly splits: Readonly<Record<Split, readonly Example[]>>;
  /** The folds of a cross-validation; absent where test rows are kept aside. */
  readonly folds?: readonly Readonly<Record<Split, readonly Example[]>>[];
  readonly unusableRows: number;
  readonly problems: Estimate['problems'];
  readonly warnings: Estimate['warnings'];
  /** All of the file, also those that a run leaves out because they are too many. */
  readonly usableRows: number;
  /** Sections of the prompt that no candidate may change. */
  readonly lockedSections: number;
  readonly settings: RunSettings;
  /** Runs in which the rows that judge the result have judged one of the prompt; absent: none. */
  readonly earlierClaims?: number;
  /** How often rows are asked. */
  readonly repeats: Repeats;
  readonly taskModel: string;
  readonly optimizerModel: string;
  readonly isSimulated: (model: string) => boolean;
  /** Says that the columns were kept; undefined where they were not. */
  readonly columnsNote: string | undefined;
  /** How long an answer of a model takes. */
  readonly paceOf: (model: string, role: Role) => Pace;
  /** What a few rows have shown; absent where none were asked. */
  readonly probe?: Probe | undefined;
  /** Why judges may not decide by themselves. */
  readonly judgeWarnings: readonly string[];
}

/** Calls before the judges come in, and the steps in which they are made. */
interface Plan {
  readonly task: Forecast;
  readonly optimizer: Forecast;
  readonly steps: Forecast;
}

/**
 * What a run sends, from the rows, the settings, the strategy and the stop rules. Low: the first look
 * finds nothing to mend. High: every trial is run on every row it may look at, with a prompt that has
 * grown as prompts do and answers that explain themselves. It is a forecast; what a run may spend at
 * most is its budget.
 */
export function estimateOptimization(facts: EstimateFacts): Estimate {
  return estimate(facts, planOf(facts), usualLimits(facts));
}

/** The same for an evaluation: every row, which stands under `test`, is run once. */
export function estimateEvaluation(facts: EstimateFacts): Estimate {
  const task = exactly(facts.splits.test.length * facts.repeats.search);
  const plan = { task, optimizer: exactly(0), steps: exactly(1) };
  return estimate(facts, plan, { ...usualLimits(facts), grown: 0 });
}

/** Evaluations of one trial that wait for each other: screens and blocks of a race. */
const stepsOfTrial = { low: 0, likely: 4, high: 8 };

function planOf({ settings, splits, folds, repeats }: EstimateFacts): Plan {
  const search = planOfSearch(settings, splits, repeats);
  if (!folds) return search;
  const rows = splits.train.length + splits.validation.length;
  const each = folds.map(fold => planOfSearch(settings, fold, repeats));
  const tries = strategyOf(settings).id !== 'noop';
  // Low: nothing was found that could be judged. The original's answers are those that are there.
  const sum = (part: keyof Plan): Forecast =>
    forecastOf(
      bound =>
        search[part][bound] +
        (bound === 'low' || !tries
          ? 0
          : each.reduce((total, plan) => total + plan[part][bound], 0)),
    );
  const seen = Math.min(rows * repeats.search, search.task.low);
  const originals = (folds.length + 1) * seen;
  const task = sum('task');
  const least = task.low + rows * repeats.final - seen;
  return {
    task: {
      low: least,
      likely: Math.max(least, task.likely - originals),
      high: Math.max(least, task.high - originals),
    },
    optimizer: sum('optimizer'),
    steps: sum('steps'),
  };
}

/** One search, and the look at the rows that it did not see. */
function planOfSearch(
  settings: RunSettings,
  splits: EstimateFacts['splits'],
  repeats: Repeats,
): Plan {
  const test = splits.test.length;
  const { id } = strategyOf(settings);
  const { low, high, likely, proposes, trials } = searchCalls(id, {
    train: splits.train.length,
    validation: splits.validation.length,
    sample: Math.min(settings.sampleK, splits.train.length),
    patience: settings.patience,
    maxIterations: settings.maxIterations,
  });
  const most = trials === 0 ? test : 2 * test;
  const search = { low, likely: Math.ceil(low + likely * (high - low)), high };
  const tried = { low: 0, likely: Math.min(trials, settings.patience + 2), high: trials };
  return {
    task: forecastOf(
      bound => search[bound] * repeats.search + (bound === 'low' ? test : most) * repeats.final,
    ),
    // A meta-model that is trusted asks for several proposals a trial, one that is not for one.
    optimizer: proposes
      ? { ...tried, high: trials * (settings.metaModel ? siblings : 1) }
      : exactly(0),
    steps: forecastOf(bound => 3 + tried[bound] * stepsOfTrial[bound]),
  };
}

function estimate(facts: EstimateFacts, plan: Plan, limits: Limits): Estimate {
  const { settings, splits, priceOf, taskModel, optimizerModel, paceOf } = facts;
  const task = taskTokens(facts, limits);
  const optimizer = optimizerTokens(facts);
  const perAnswer = judgeCost(facts, someRows(facts), { longest: limits.answer });
  const judge = timesAnswers(perAnswer, plan.task);
  const judgeModels = [...new Set(facts.judges.map(({ model }) => model))];
  const taskPrice = priceOf(taskModel);
  const optimizerPrice = priceOf(optimizerModel);
  const { usd: judgeUsd } = judge;
  const { budget } = settings;
  const calls = forecastOf(bound => plan.task[bound] + plan.optimizer[bound] + judge.calls[bound]);
  const tokens = forecastOf(
    bound =>
      plan.task[bound] * (task.input[bound] + task.output[bound]) +
      plan.optimizer[bound] * (optimizer.input[bound] + optimizer.output[bound]) +
      judge.tokens[bound],
  );
  const usd =
    taskPrice && optimizerPrice && judgeUsd
      ? forecastOf(
          bound =>
            plan.task[bound] *
              (task.input[bound] * taskPrice.inputUsd + task.output[bound] * taskPrice.outputUsd) +
            plan.optimizer[bound] *
              (optimizer.input[bound] * optimizerPrice.inputUsd +
                optimizer.output[bound] * optimizerPrice.outputUsd) +
            judgeUsd[bound],
        )
      : undefined;
  const paces = {
    task: probedPace(paceOf(taskModel, 'task'), facts.probe),
    optimizer: paceOf(optimizerModel, 'optimizer'),
    judge: paceOf(judgeModels[0] ?? taskModel, 'judge'),
  };
  const minutes = minutesOf({
    calls: { task: plan.task, optimizer: plan.optimizer, judge: judge.calls },
    steps: plan.steps,
    paces,
    concurrency: settings.concurrency,
  });
  return {
    calls: cappedAt(calls, budget.calls),
    tokens: cappedAt(
      forecastOf(bound => Math.ceil(tokens[bound])),
      budget.tokens,
    ),
    ...(usd ? { usd: cappedAt(usd, budget.usd) } : {}),
    minutes: cappedAt(minutes, budget.minutes),
    rows: {
      train: splits.train.length,
      validation: splits.validation.length,
      test: splits.test.length,
    },
    ...(facts.folds ? { folds: facts.folds.length } : {}),
    unusableRows: facts.unusableRows,
    problems: facts.problems,
    warnings: facts.warnings,
    taskModel,
    optimizerModel,
    ...(judgeModels.length > 0 ? { judge: { models: judgeModels, ...judge } } : {}),
    unpriced: [taskModel, optimizerModel, ...judgeModels].filter(
      (model, index, all) => !priceOf(model) && all.indexOf(model) === index,
    ),
    threeRows: {
      calls: probeRows,
      tokens: probeRows * (task.input.low + settings.maxTokens),
      ...(taskPrice
        ? {
            usd:
              probeRows *
              (task.input.low * taskPrice.inputUsd + settings.maxTokens * taskPrice.outputUsd),
          }
        : {}),
    },
    notes: notesFor(facts, {
      searches: plan.optimizer.high > 0,
      least: plan.task.low + judge.calls.low,
      pace: paces.task,
    }),
  };
}
