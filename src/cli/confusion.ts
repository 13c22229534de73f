import type { Rollout } from '../engine/index.ts';
import { formatCount } from '../panel/format.ts';
import { cleanExcerpt } from './cleanText.ts';
import type { RunResult } from './runResult.ts';
import type { Table } from './table.ts';

/** More labels than these make no table that a person reads. */
const mostLabels = 12;

/**
 * Expected labels by row, predicted ones by column, where a metric of labels was measured in an
 * evaluation and the labels are few; undefined elsewhere.
 */
export function confusionOf({ header, scored }: RunResult): Table | undefined {
  const metric = header.metrics.find(name => scored.some(rollout => pairIn(rollout, name)));
  if (header.kind !== 'evaluate' || metric === undefined) return undefined;
  const pairs = scored.flatMap(rollout => pairIn(rollout, metric) ?? []);
  const labels = [...new Set(pairs.map(({ expected }) => expected))].sort();
  if (labels.length > mostLabels) return undefined;
  const count = (row: string, isCounted: (predicted: string) => boolean): string =>
    formatCount(pairs.filter(pair => pair.expected === row && isCounted(pair.predicted)).length);
  const isStray = (predicted: string): boolean => !labels.includes(predicted);
  const strays = pairs.some(({ predicted }) => isStray(predicted));
  const names = labels.map(label => cleanExcerpt(label, 20));
  return {
    heads: ['expected \\ answered', ...names, ...(strays ? ['no label'] : [])],
    rows: labels.map((label, row) => [
      names[row] ?? '',
      ...labels.map(column => count(label, predicted => predicted === column)),
      ...(strays ? [count(label, isStray)] : []),
    ]),
    right: [...names, ''].map((_, column) => column + 1),
  };
}

function pairIn(
  { scores }: Rollout,
  metric: string,
): { readonly expected: string; readonly predicted: string } | undefined {
  const { expected, predicted } = scores[metric]?.statistic ?? {};
  return typeof expected === 'string' && typeof predicted === 'string'
    ? { expected, predicted }
    : undefined;
}
