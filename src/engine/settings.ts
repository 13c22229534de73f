import { withDefaults } from './core/defaults.ts';
import { RequestError } from './core/errors.ts';
import type { RunSettings } from './core/run.ts';
import { sharesProblem } from './core/shares.ts';
import { strategyNamed } from './optimize/strategies/registry.ts';

/** A range that a setting must lie in, and the word for what it counts. */
interface Limits {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

const limits: Readonly<Record<string, Limits>> = {
  targetThreshold: { low: 0, high: 1, whole: false },
  patience: { low: 1, high: 1000, whole: true },
  maxIterations: { low: 1, high: 1000, whole: true },
  sampleK: { low: 1, high: 10_000, whole: true },
  concurrency: { low: 1, high: 256, whole: true },
  repeats: { low: 1, high: 20, whole: true },
  maxTokens: { low: 1, high: 1_000_000, whole: true },
  temperature: { low: 0, high: 2, whole: false },
  seed: { low: 0, high: Number.MAX_SAFE_INTEGER, whole: true },
};

const budgetLimits: Readonly<Record<string, Limits>> = {
  usd: { low: 0, high: 1_000_000, whole: false },
  tokens: { low: 1, high: Number.MAX_SAFE_INTEGER, whole: true },
  calls: { low: 1, high: Number.MAX_SAFE_INTEGER, whole: true },
  minutes: { low: 0, high: 100_000, whole: false },
};

/**
 * The defaults with the person's settings laid over them.
 * Throws a `RequestError` that names the setting, what it was, and what it may be.
 */
export function checkedSettings(given: Partial<RunSettings> = {}): RunSettings {
  const settings = withDefaults(given);
  for (const [name, range] of Object.entries(limits)) {
    check(name, settings[name as keyof RunSettings], range);
  }
  for (const [name, range] of Object.entries(budgetLimits)) {
    check(`budget ${name}`, settings.budget[name as keyof RunSettings['budget']], range);
  }
  const problem = settings.shares && sharesProblem(settings.shares);
  if (problem !== undefined) throw new RequestError(problem, 'open-settings');
  if (settings.strategy !== undefined) strategyNamed(settings.strategy);
  checkChoice('component', settings.component, ['system', 'output', 'all']);
  for (const name of ['bandit', 'metaModel', 'crossValidation', 'contrast'] as const) {
    checkChoice(name, settings[name], [true, false]);
  }
  return settings;
}

function checkChoice(name: string, value: unknown, choices: readonly unknown[]): void {
  if (value === undefined || choices.includes(value)) return;
  throw new RequestError(
    `${name} is ${JSON.stringify(value)}, but it must be ${choices.join(' or ')}.`,
    'open-settings',
  );
}

function check(name: string, value: unknown, { low, high, whole }: Limits): void {
  if (value === undefined) return;
  const fits =
    typeof value === 'number' &&
    value >= low &&
    value <= high &&
    (!whole || Number.isInteger(value));
  if (fits) return;
  throw new RequestError(
    `${name} is ${JSON.stringify(value)}, but it must be a ${whole ? 'whole ' : ''}number from ${low} to ${high}.`,
    'open-settings',
  );
}
