import { textDiff } from '../../src/engine/compare/textDiff.ts';
import type { Comparison } from '../../src/engine/index.ts';
import type { VersionsComparison } from '../../src/engine/index.ts';
import { presentVersions } from '../../src/panel/presentVersions.ts';
import { aScore } from './panelBuilders.ts';
import { original, second } from './panelRuns.ts';

/** Two versions of which one was measured on other rows too. */
export function someComparison(more: Partial<Comparison> = {}): Comparison {
  const version = (number: number, system: string): Comparison['left'] => ({
    promptName: 'triage',
    number,
    id: `id-${number}`,
    prompt: { system, output: 'One word.' },
    origin: number === 3 ? 'typed' : 'optimized',
    ...(number === 3 ? {} : { note: 'Winner of run 2026-11-20-7f3a' }),
    createdAt: `2026-11-${15 + number}T10:14:00.000Z`,
    metadata: {},
  });
  const left = version(3, original.prompt.system);
  const right = version(4, second.prompt.system);
  return {
    left,
    right,
    system: textDiff(left.prompt.system, right.prompt.system),
    output: textDiff(left.prompt.output, right.prompt.output),
    rows: [
      {
        metric: 'accuracy',
        datasetName: 'tickets.csv',
        datasetFingerprint: '9c1e',
        split: 'test',
        taskModel: 'demo:task',
        left: aScore(0.64, 80),
        right: aScore(0.78, 80),
        difference: { value: 0.1375, low: 0.06, high: 0.22, count: 80 },
        pValue: 0.0118,
        test: 'McNemar mid-p',
      },
      {
        metric: 'macro_f1',
        datasetName: 'tickets.csv',
        datasetFingerprint: '9c1e',
        split: 'test',
        taskModel: 'demo:task',
        left: aScore(0.61, 80),
        right: aScore(0.74, 80),
        difference: { value: 0.13, low: -0.01, high: 0.24, count: 80 },
      },
      {
        metric: 'accuracy',
        datasetName: 'tickets-of-last-year.csv',
        datasetFingerprint: '77aa',
        split: 'all',
        taskModel: 'openai:small',
        left: aScore(0.59, 400),
      },
    ],
    ...more,
  };
}

/** The same versions with their costs and their answers; `more` versions stand beside them. */
export function someVersions(more = 0, pair: Partial<Comparison> = {}): VersionsComparison {
  const comparison = someComparison(pair);
  const further = Array.from({ length: more }, (_, index) => ({
    ...comparison,
    right: { ...comparison.right, number: 5 + index, id: `id-${5 + index}` },
  }));
  const pairs = [comparison, ...further];
  const versions = [comparison.left, ...pairs.map(each => each.right)];
  return {
    versions,
    pairs,
    costs: versions.map((_, index) =>
      index === 1
        ? { promptTokens: 64 }
        : {
            promptTokens: 40 + 12 * index,
            measured: { rows: 80, inputTokens: 80 * 212, outputTokens: 80 * 3, usd: 0.032 },
          },
    ),
    ...(comparison.rows.length === 0
      ? {}
      : {
          rows: {
            metric: 'accuracy',
            datasetName: 'tickets.csv',
            split: 'test',
            taskModel: 'demo:task',
            records: versions.map(() => ({ runId: 'r1', candidateId: 'c1' })),
            rows: Array.from({ length: 8 }, (_, row) => ({
              exampleId: `test-${row}`,
              line: row + 2,
              cells: versions.map((__, place) =>
                row === 7 && place === 1
                  ? { outcome: 'failed' as const, failure: 'No answer within 60 s.', output: '' }
                  : row === 6 && place === 0
                    ? undefined
                    : {
                        outcome: 'ok' as const,
                        value: (row + place) % 3 === 0 ? 0 : 1,
                        output: (row + place) % 3 === 0 ? 'billing' : 'refund',
                      },
              ),
            })),
          },
        }),
  };
}

/** The comparison's pages, by name. */
export function comparisonStates(): Readonly<Record<string, ReturnType<typeof presentVersions>>> {
  return {
    compared: presentVersions(someVersions()),
    'compared-four': presentVersions(someVersions(2), { kind: 'all', from: 0 }),
    unmeasured: presentVersions(someVersions(0, { rows: [] })),
  };
}
