import { RequestError, type Remedy } from '../core/errors.ts';
import type { MetricLookup } from '../core/metric.ts';
import { costMetric, latencyMetric } from './answerCost.ts';
import { lengthMetric } from './answerLength.ts';
import { containsMetric } from './contains.ts';
import type { Entries } from './entry.ts';
import { jsonEqualMetric, jsonSchemaMetric, jsonValidMetric } from './jsonMetrics.ts';
import { judgeMetric, judgePairMetric } from './judge.ts';
import { numericMetric } from './numericMatch.ts';
import { isOn, numbersIn } from './options.ts';
import { outsideMetric } from './outsideMetric.ts';
import type { MetricParts } from './parts.ts';
import { regexMetric } from './regex.ts';
import { weightedSumMetric } from './weightedSum.ts';

/** Metrics that check a property of an answer, ask a model, or run code of the workspace. */
export function checkEntries(parts: MetricParts, metricNamed: MetricLookup): Entries {
  const ownCode = (name: string) => needed(parts.outside, name, untrusted, 'trust-workspace');
  return {
    contains: {
      options: { ignore_case: 'switch', text: { rest: 'TEXT' } },
      make: (name, { text, ...options }) =>
        containsMetric(name, {
          ignore_case: isOn(options, 'ignore_case'),
          ...(text === undefined ? {} : { text }),
        }),
    },
    regex: {
      description: 'Share of answers in which a pattern is found (regex:pattern=…).',
      options: { pattern: { rest: 'PATTERN' } },
      make: (name, { pattern }) =>
        regexMetric(name, given(pattern, 'regex:pattern=PATTERN'), guarded(parts, name)),
    },
    numeric: {
      options: { tolerance: 'number', relative: 'number', last: 'switch' },
      make: (name, options) =>
        numericMetric(name, {
          ...numbersIn(options, 'tolerance', 'relative'),
          last: isOn(options, 'last'),
        }),
    },
    json_valid: {
      options: { fenced: 'switch' },
      make: (name, options) => jsonValidMetric(name, { fenced: isOn(options, 'fenced') }),
    },
    json_schema: {
      description: 'Share of answers that are JSON and fit a schema (json_schema:file=…).',
      options: { fenced: 'switch', file: { rest: 'FILE' } },
      make: (name, options) => {
        const file = given(options['file'], 'json_schema:file=FILE');
        const read = needed(parts.readText, name, noFolder, 'open-folder');
        const fenced = isOn(options, 'fenced');
        const metric = jsonSchemaMetric(name, read(file), guarded(parts, name), { fenced });
        return { ...metric, madeFrom: () => read(file) };
      },
    },
    json_equal: {
      options: { fenced: 'switch', tolerance: 'number' },
      make: (name, options) =>
        jsonEqualMetric(name, {
          fenced: isOn(options, 'fenced'),
          ...numbersIn(options, 'tolerance'),
        }),
    },
    length: {
      options: { max: 'number' },
      make: (name, options) =>
        lengthMetric(name, numbersIn(options, 'max').max, parts.countTokens ?? roughTokens),
    },
    latency: { make: name => latencyMetric(name) },
    cost: { make: name => costMetric(name) },
    judge: {
      description: 'Score of a judge model by a rubric of yours (judge:rubric=…), 0 to 1.',
      options: { model: 'text', rubric: { rest: 'RUBRIC' } },
      make: (name, { model, rubric }) =>
        judgeMetric(name, given(rubric, 'judge:rubric=RUBRIC'), judgeOf(parts, name, model)),
    },
    judge_pair: {
      description: 'Judge model between answer and expected answer (judge_pair:rubric=…), 0 to 1.',
      options: { model: 'text', rubric: { rest: 'RUBRIC' } },
      make: (name, { model, rubric }) =>
        judgePairMetric(
          name,
          given(rubric, 'judge_pair:rubric=RUBRIC'),
          judgeOf(parts, name, model),
        ),
    },
    custom: {
      description: 'Score of a function in a workspace file (custom:file=score.js), 0 to 1.',
      options: { file: { rest: 'FILE' } },
      make: (name, options) => {
        const file = given(options['file'], 'custom:file=FILE');
        const metric = outsideMetric(name, `Scored by ${file}, 0 to 1.`, ownCode(name).file(file));
        const { readText } = parts;
        return { ...metric, ...(readText ? { madeFrom: () => readText(file) } : {}) };
      },
    },
    command: {
      description: 'Score of a command that reads JSON lines (command:run=…), 0 to 1.',
      options: { run: { rest: 'COMMAND' } },
      make: (name, { run }) => {
        const line = given(run, 'command:run=COMMAND');
        return outsideMetric(
          name,
          `Scored by the command ${line}, 0 to 1.`,
          ownCode(name).command(line),
        );
      },
    },
    sum: {
      description: 'Weighted sum of metrics (sum:of=0.7 accuracy; 0.3 rougeL), 0 to 1.',
      options: { of: { rest: 'WEIGHT METRIC; …' } },
      make: (name, options) =>
        weightedSumMetric(
          name,
          given(options['of'], 'sum:of=0.7 accuracy; 0.3 rougeL'),
          metricNamed,
        ),
    },
  };
}

const untrusted = 'runs code of the workspace, which is allowed in a trusted workspace only';
const noFolder = 'reads a file of the workspace, and no folder is open';

/** Four characters to a token: the rule of thumb for English. */
function roughTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

function guarded({ checks }: MetricParts, name: string) {
  return needed(checks, name, 'needs a thread of its own, which is not there');
}

function judgeOf({ judgeModel }: MetricParts, name: string, model: string | undefined) {
  return needed(judgeModel, name, 'needs a judge model, and none is set', 'choose-model')(model);
}

function needed<T>(part: T | undefined, name: string, why: string, remedy?: Remedy): T {
  if (part === undefined) throw new RequestError(`The metric ${name} ${why}.`, remedy);
  return part;
}

function given(text: string | undefined, form: string): string {
  if (text === undefined || text.trim() === '') {
    throw new RequestError(`This metric is written ${form}.`);
  }
  return text;
}
