import { ScoringError } from '../core/errors.ts';
import type { Metric } from '../core/metric.ts';
import type { GuardedChecks } from '../core/outside.ts';
import { referencesOf } from './expected.ts';
import { quoted } from './feedback.ts';
import { leavesOf, readJson } from './jsonText.ts';
import { meanValue } from './mean.ts';
import { isNear } from './numericMatch.ts';

/** How JSON answers are read and compared. */
export interface JsonOptions {
  /** Allows a fence of three backticks around the answer. */
  readonly fenced?: boolean;
  /** How far numbers may be apart; 0 where absent. */
  readonly tolerance?: number;
}

/** `json_valid`: 1 where the whole answer is one JSON value, else 0. */
export function jsonValidMetric(name: string, { fenced }: JsonOptions): Metric {
  return {
    name,
    description: 'Share of answers that are valid JSON and nothing else.',
    needs: 'nothing',
    score: async output => {
      const read = readJson(output, fenced);
      return 'value' in read ? { value: 1 } : { value: 0, feedback: notJson(output, read.problem) };
    },
    aggregate: meanValue,
  };
}

/** `json_schema`: 1 where the answer fits the schema, else 0 with every place that does not. */
export function jsonSchemaMetric(
  name: string,
  schema: string,
  checks: GuardedChecks,
  { fenced }: JsonOptions,
): Metric {
  return {
    name,
    description: 'Share of answers that are JSON and fit the schema.',
    needs: 'nothing',
    check: async signal => {
      await checks.schemaProblems(schema, 'null', signal);
    },
    score: async (output, _, signal) => {
      const read = readJson(output, fenced);
      if ('problem' in read) return { value: 0, feedback: notJson(output, read.problem) };
      const problems = await checks.schemaProblems(schema, read.json, signal);
      if (problems.length === 0) return { value: 1 };
      return { value: 0, feedback: `${listed(problems)} in ${quoted(output)}.` };
    },
    aggregate: meanValue,
  };
}

/**
 * `json_equal`: share of the fields of either side that both have with the same value, 0..1. The
 * order of keys does not count, that of lists does; numbers may be apart by the tolerance. An
 * answer that is no JSON has no field right. Throws `ScoringError` where the expected one is none.
 */
export function jsonEqualMetric(name: string, options: JsonOptions): Metric {
  return {
    name,
    description: 'Share of JSON fields that are as expected, 0 to 1.',
    needs: 'expected',
    score: async (output, example) => {
      const read = readJson(output, options.fenced);
      const scores = referencesOf(example, name).map(reference => {
        const due = readJson(reference);
        if ('problem' in due) {
          throw new ScoringError(
            `Line ${example.line}: the expected answer ${quoted(reference)} is no JSON, which ${name} needs.`,
          );
        }
        if ('problem' in read) return { value: 0, feedback: notJson(output, read.problem) };
        return fieldScore(read.value, due.value, options.tolerance ?? 0);
      });
      return scores.reduce((best, score) => (score.value > best.value ? score : best));
    },
    aggregate: meanValue,
  };
}

/** Share of fields in common, with the fields that differ. */
export function fieldScore(
  given: unknown,
  due: unknown,
  tolerance: number,
): { value: number; feedback?: string } {
  const left = leavesOf(given);
  const right = leavesOf(due);
  const paths = new Set([...right.keys(), ...left.keys()]);
  const wrong = [...paths].filter(
    path =>
      !left.has(path) || !right.has(path) || !isSame(left.get(path), right.get(path), tolerance),
  );
  const value = (paths.size - wrong.length) / paths.size;
  if (wrong.length === 0) return { value };
  const differences = wrong.map(path => {
    const shown = (leaves: Map<string, unknown>): string =>
      leaves.has(path) ? shownValue(leaves.get(path)) : 'nothing';
    return `${path || 'the whole'} is ${shown(left)} instead of ${shown(right)}`;
  });
  return { value, feedback: `${listed(differences)}.` };
}

function isSame(left: unknown, right: unknown, tolerance: number): boolean {
  if (typeof left === 'number' && typeof right === 'number') {
    return tolerance === 0 ? left === right : isNear(left, right, { tolerance });
  }
  return left === right;
}

function shownValue(value: unknown): string {
  return typeof value === 'symbol' ? (value.description ?? '') : quoted(JSON.stringify(value));
}

function listed(parts: readonly string[]): string {
  const shown = parts.slice(0, 5).join('; ');
  return parts.length > 5 ? `${shown}; and ${parts.length - 5} more` : shown;
}

function notJson(output: string, problem: string): string {
  return `The answer ${quoted(output)} is no JSON: ${problem}`;
}
