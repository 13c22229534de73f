import type { Budget, ColumnMapping, RunSettings, Shares } from '../engine/index.ts';
import type { FieldProblem, NumberField, RunForm } from './messages.ts';

/** What the form's texts mean, with a sentence at every field that means nothing. */
export interface FormReading {
  /** Only what the person filled in; the engine's defaults hold for the rest. */
  readonly settings: Partial<RunSettings>;
  readonly mapping: Partial<ColumnMapping>;
  readonly problems: readonly FieldProblem[];
}

/** Settings that the form shows. */
type FormSettings = Pick<
  RunSettings,
  'targetThreshold' | 'patience' | 'maxIterations' | 'sampleK' | 'budget'
>;

/** The choice of the form that leaves a setting as it is. */
export const asSettings = 'default';

/** A form in which nothing is chosen, its numbers filled in from the settings where they say so. */
export function blankForm(settings: Partial<FormSettings> = {}): RunForm {
  const text = (value: number | undefined): string => (value === undefined ? '' : String(value));
  return {
    dataset: '',
    inputs: {},
    expected: '',
    references: '',
    labels: '',
    messages: '',
    context: '',
    note: '',
    split: '',
    encoding: '',
    metric: '',
    metricOptions: '',
    otherMetrics: [],
    taskModel: '',
    optimizerModel: '',
    strategy: asSettings,
    targetThreshold: text(settings.targetThreshold),
    patience: text(settings.patience),
    maxIterations: text(settings.maxIterations),
    sampleK: text(settings.sampleK),
    repeats: '',
    shares: '',
    crossValidation: asSettings,
    budgetUsd: text(settings.budget?.usd),
    budgetTokens: text(settings.budget?.tokens),
    budgetCalls: text(settings.budget?.calls),
    budgetMinutes: text(settings.budget?.minutes),
  };
}

/** Reads the numbers and columns of a form. An empty field says nothing; it is never a problem. */
export function readForm(form: RunForm): FormReading {
  const problems: FieldProblem[] = [];
  const read = (field: NumberField, rule: NumberRule): number | undefined => {
    const reading = readNumber(form[field], rule);
    if (typeof reading !== 'string') return reading;
    problems.push({ field, message: reading });
    return undefined;
  };
  const targetThreshold = read('targetThreshold', share);
  const patience = read('patience', wholeNumber(1));
  const maxIterations = read('maxIterations', wholeNumber(1));
  const sampleK = read('sampleK', wholeNumber(1));
  const repeats = read('repeats', fewTimes);
  const shares = readShares(form.shares);
  if (typeof shares === 'string') problems.push({ field: 'shares', message: shares });
  const usd = read('budgetUsd', amount);
  const tokens = read('budgetTokens', wholeNumber(1));
  const calls = read('budgetCalls', wholeNumber(1));
  const minutes = read('budgetMinutes', amount);
  const budget: Budget = {
    ...given({ usd }),
    ...given({ tokens }),
    ...given({ calls }),
    ...given({ minutes }),
  };
  return {
    settings: {
      ...given({ targetThreshold }),
      ...given({ patience }),
      ...given({ maxIterations }),
      ...given({ sampleK }),
      ...given({ repeats }),
      ...(typeof shares === 'object' ? { shares } : {}),
      ...(form.crossValidation === asSettings
        ? {}
        : { crossValidation: form.crossValidation !== 'off' }),
      ...(form.strategy === asSettings ? {} : { strategy: form.strategy }),
      ...(Object.keys(budget).length > 0 ? { budget } : {}),
    },
    mapping: readMapping(form),
    problems,
  };
}

interface NumberRule {
  readonly allows: (value: number) => boolean;
  /** What the field wants, as a sentence with an example. */
  readonly wanted: string;
  /** Whether "90 %" may stand for 0.9. */
  readonly percent?: boolean;
}

const share: NumberRule = {
  allows: value => value > 0 && value <= 1,
  wanted: 'Write a score above 0 and up to 1, such as 0.9.',
  percent: true,
};

const fewTimes: NumberRule = {
  allows: value => Number.isSafeInteger(value) && value >= 1 && value <= 20,
  wanted: 'Write a whole number from 1 to 20, such as 3.',
};

const amount: NumberRule = {
  allows: value => value > 0,
  wanted: 'Write an amount above 0, such as 2.50, or leave it empty for no limit.',
};

function wholeNumber(least: number): NumberRule {
  return {
    allows: value => Number.isSafeInteger(value) && value >= least,
    wanted: `Write a whole number of ${least} or more, such as 20.`,
  };
}

/** The number, nothing for an empty text, or the sentence that says what is wrong. */
function readNumber(text: string, rule: NumberRule): number | undefined | string {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const percent = rule.percent === true && trimmed.endsWith('%');
  const digits = (percent ? trimmed.slice(0, -1).trim() : trimmed).replace(/^\$\s*/, '');
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits) ? digits.replaceAll(',', '') : digits;
  if (/^\d+,\d+$/.test(plain))
    return `Write the decimals with a point: ${plain.replace(',', '.')}.`;
  if (!/^(\d+\.?\d*|\.\d+)$/.test(plain)) return rule.wanted;
  const value = percent ? Number(plain) / 100 : Number(plain);
  return rule.allows(value) ? value : rule.wanted;
}

const wantedShares =
  'Write three numbers above 0 that add up to 100, such as 50/25/25, or leave it empty: 35/25/40.';

/** The shares, nothing for an empty text, or the sentence that says what is wrong. */
function readShares(text: string): Shares | undefined | string {
  if (text.trim() === '') return undefined;
  const percents = text.replaceAll('%', '').split('/');
  const [train, validation, test, ...more] = percents.map(part => readNumber(part, amount));
  const isWhole =
    typeof train === 'number' && typeof validation === 'number' && typeof test === 'number';
  if (!isWhole || more.length > 0 || Math.abs(train + validation + test - 100) > 1e-7) {
    return wantedShares;
  }
  return { train: train / 100, validation: validation / 100, test: test / 100 };
}

function readMapping(form: RunForm): Partial<ColumnMapping> {
  const inputs = Object.entries(form.inputs).filter(([, column]) => column !== '');
  return {
    ...(inputs.length > 0 ? { inputs: Object.fromEntries(inputs) } : {}),
    ...(form.expected === '' ? {} : { expected: form.expected }),
    ...chosen('references', form),
    ...chosen('labels', form),
    ...chosen('messages', form),
    ...chosen('context', form),
    ...chosen('note', form),
    ...chosen('split', form),
  };
}

type ColumnField = 'references' | 'labels' | 'messages' | 'context' | 'note' | 'split';

function chosen(field: ColumnField, form: RunForm): Partial<ColumnMapping> {
  return form[field] === '' ? {} : { [field]: form[field] };
}

function given<Entry extends Record<string, number | undefined>>(entry: Entry): Partial<Entry> {
  return Object.values(entry).some(value => value === undefined) ? {} : entry;
}
