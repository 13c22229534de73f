import { textDiff } from '../../src/engine/compare/textDiff.ts';
import type { Comparison } from '../../src/engine/index.ts';
import { presentComparison } from '../../src/panel/presentComparison.ts';
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
        split: 'test',
        taskModel: 'demo:task',
        left: aScore(0.64, 80),
        right: aScore(0.78, 80),
        difference: { value: 0.1375, low: 0.06, high: 0.22, count: 80 },
      },
      {
        metric: 'macro_f1',
        datasetName: 'tickets.csv',
        split: 'test',
        taskModel: 'demo:task',
        left: aScore(0.61, 80),
        right: aScore(0.74, 80),
        difference: { value: 0.13, low: -0.01, high: 0.24, count: 80 },
      },
      {
        metric: 'accuracy',
        datasetName: 'tickets-of-last-year.csv',
        split: 'all',
        taskModel: 'openai:small',
        left: aScore(0.59, 400),
      },
    ],
    ...more,
  };
}

/** The comparison's pages, by name. */
export function comparisonStates(): Readonly<Record<string, ReturnType<typeof presentComparison>>> {
  return {
    compared: presentComparison(someComparison()),
    unmeasured: presentComparison(someComparison({ rows: [] })),
  };
}
