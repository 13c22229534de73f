import type { Split } from '../core/example.ts';
import {
  noOutcomes,
  type Aggregate,
  type OutcomeCounts,
  type Score,
  type Shown,
} from '../core/score.ts';
import type { MeasuredUsage, Measurement } from '../core/version.ts';
import {
  broken,
  choiceField,
  countField,
  formatJson,
  isObject,
  objectField,
  parseRecord,
  schema,
  textField,
  type JsonObject,
} from './json.ts';

const splits: readonly (Split | 'all')[] = ['train', 'validation', 'test', 'all'];

/** Text of a file in `scores/`. */
export function formatMeasurement(measurement: Measurement): string {
  return formatJson({
    schema,
    version: measurement.version.number,
    dataset_name: measurement.datasetName,
    dataset_fingerprint: measurement.datasetFingerprint,
    split: measurement.split,
    task_model: measurement.taskModel,
    measured_at: measurement.measuredAt,
    run_id: measurement.runId,
    scorecard: measurement.scorecard,
    outcomes: measurement.outcomes,
    ...(measurement.usage ? { usage: writtenUsage(measurement.usage) } : {}),
    rows: measurement.rows,
  });
}

/** Reads a file in `scores/` of the prompt `promptName`. */
export function parseMeasurement(path: string, text: string, promptName: string): Measurement {
  const record = parseRecord(path, text);
  return {
    version: { promptName, number: countField(path, record, 'version') },
    datasetName: textField(path, record, 'dataset_name'),
    datasetFingerprint: textField(path, record, 'dataset_fingerprint'),
    split: choiceField(path, record, 'split', splits),
    taskModel: textField(path, record, 'task_model'),
    measuredAt: textField(path, record, 'measured_at'),
    runId: textField(path, record, 'run_id'),
    scorecard: mapFields(objectField(path, record, 'scorecard'), (value, metric) =>
      aggregate(path, value, metric),
    ),
    outcomes: outcomes(path, objectField(path, record, 'outcomes')),
    ...(isObject(record['usage']) ? { usage: usage(path, record['usage']) } : {}),
    rows: mapFields(objectField(path, record, 'rows'), (row, id) => {
      if (!isObject(row)) throw broken(path, `row "${id}" is not an object`);
      return mapFields(row, value => score(path, value, id));
    }),
  };
}

function mapFields<Value>(
  record: JsonObject,
  read: (value: unknown, name: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, read(value, name)] as const),
  );
}

function aggregate(path: string, value: unknown, metric: string): Aggregate {
  if (!isObject(value)) throw broken(path, `the scores of "${metric}" are not an object`);
  return {
    value: numberOf(path, value, 'value'),
    low: numberOf(path, value, 'low'),
    high: numberOf(path, value, 'high'),
    count: countField(path, value, 'count'),
    ...(isObject(value['shown']) ? { shown: shown(path, value['shown']) } : {}),
  };
}

/** JSON writes an infinite bound as null. */
function shown(path: string, record: JsonObject): Shown {
  const bound = (name: string): number =>
    record[name] === null ? Infinity : numberOf(path, record, name);
  return {
    value: bound('value'),
    low: bound('low'),
    high: bound('high'),
    direction: choiceField(path, record, 'direction', ['higher', 'lower']),
  };
}

function outcomes(path: string, record: JsonObject): OutcomeCounts {
  return mapFields(noOutcomes, (_none, outcome) =>
    countField(path, record, outcome),
  ) as OutcomeCounts;
}

function writtenUsage({ calls, inputTokens, outputTokens, usd }: MeasuredUsage): JsonObject {
  return {
    calls,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    ...(usd === undefined ? {} : { usd }),
  };
}

function usage(path: string, record: JsonObject): MeasuredUsage {
  return {
    calls: countField(path, record, 'calls'),
    inputTokens: countField(path, record, 'input_tokens'),
    outputTokens: countField(path, record, 'output_tokens'),
    ...(record['usd'] === undefined ? {} : { usd: numberOf(path, record, 'usd') }),
  };
}

function score(path: string, value: unknown, row: string): Score {
  if (!isObject(value)) throw broken(path, `a score of row "${row}" is not an object`);
  const { feedback, statistic } = value;
  return {
    value: numberOf(path, value, 'value'),
    ...(typeof feedback === 'string' ? { feedback } : {}),
    ...(isObject(statistic)
      ? { statistic: mapFields(statistic, (each, name) => plain(path, each, name)) }
      : {}),
  };
}

function plain(path: string, value: unknown, name: string): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw broken(path, `"${name}" is not a text or a number`);
}

function numberOf(path: string, record: JsonObject, name: string): number {
  const value = record[name];
  if (typeof value !== 'number') throw broken(path, `"${name}" is not a number`);
  return value;
}
