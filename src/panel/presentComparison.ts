import type { Comparison, ComparisonRow, PromptVersion, TextChange } from '../engine/index.ts';
import type {
  ComparisonRowView,
  ComparisonView,
  ComponentDiff,
  VersionHead,
} from './comparisonMessages.ts';
import { dash, formatDifference, formatMeasured, formatPoints, plural } from './format.ts';
import { directed } from './presentMetric.ts';
import { isSimulated } from './presentModels.ts';

const origins: Readonly<Record<PromptVersion['origin'], string>> = {
  typed: 'Written by hand',
  refined: 'Refined',
  optimized: 'Optimized',
};

/** "written by hand", "refined", "optimized". */
export function originWord(origin: PromptVersion['origin']): string {
  return origins[origin].toLowerCase();
}

/** Two versions beside each other, every text ready to show. Pure. */
export function presentComparison(comparison: Comparison): ComparisonView {
  return {
    promptName: comparison.left.promptName,
    left: presentHead(comparison.left),
    right: presentHead(comparison.right),
    rows: comparison.rows.map(presentRow),
    note: noteOn(comparison),
    components: presentComponents(comparison),
  };
}

/** One version, ready to show. */
export function presentHead(version: PromptVersion): VersionHead {
  return {
    number: version.number,
    title: `${version.promptName} v${version.number}`,
    ...(version.label ? { name: version.label } : {}),
    origin: origins[version.origin],
    createdAt: formatMoment(version.createdAt),
    ...(version.note ? { note: version.note } : {}),
  };
}

/** "2026-11-20 10:14 UTC"; what is no ISO date is shown as it is. */
export function formatMoment(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(iso);
  return match ? `${match[1]} ${match[2]} UTC` : iso;
}

function presentRow(row: ComparisonRow): ComparisonRowView {
  return {
    metric: directed(row.metric, row.right ?? row.left),
    rows: `${row.datasetName}, ${row.split === 'all' ? 'all' : row.split} rows`,
    taskModel: row.taskModel,
    simulated: isSimulated(row.taskModel),
    left: row.left ? formatMeasured(row.left) : dash,
    right: row.right ? formatMeasured(row.right) : dash,
    difference: row.difference ? formatDifference(row.difference) : dash,
    direction: directionOf(row),
    test: testOf(row),
  };
}

/** Three digits are more than anybody decides by. */
function testOf({ pValue, test }: ComparisonRow): string {
  if (pValue === undefined || test === undefined) return '';
  return `p ${pValue < 0.001 ? '< 0.001' : `= ${pValue.toFixed(3)}`}, ${test}`;
}

function directionOf({ difference }: ComparisonRow): ComparisonRowView['direction'] {
  if (!difference || difference.count === 0) return 'unknown';
  if (difference.low > 0) return 'better';
  if (difference.high < 0) return 'worse';
  return 'unclear';
}

function noteOn({ rows, left, right }: Comparison): string {
  if (rows.length === 0) {
    return `Neither v${left.number} nor v${right.number} has been measured yet. Evaluate or optimize them over a dataset, and their scores appear here.`;
  }
  const paired = rows.filter(row => row.difference).length;
  if (paired === 0) {
    return 'The two versions were not measured on the same rows, so no difference can be stated.';
  }
  return `Differences are v${right.number} minus v${left.number}, row by row on the same rows, with 95 % intervals.${paired < rows.length ? ' A dash stands where they were not measured on the same rows.' : ''}${undecidedNote(rows)}`;
}

/** What so many rows can show at all, for the first difference that may be none. */
function undecidedNote(rows: readonly ComparisonRow[]): string {
  const row = rows.find(each => each.detectable !== undefined);
  if (row?.detectable === undefined || !row.difference) return '';
  const count = plural(row.difference.count, 'row');
  return row.detectable >= 1
    ? ` ${count} are too few to show any difference of ${row.metric}.`
    : ` Of ${row.metric}, ${count} would show a difference of ${formatPoints(row.detectable).replace('+', '')} or more in four of five cases.`;
}

function presentComponents({ system, output }: Comparison): readonly ComponentDiff[] {
  const components = [
    { title: 'System prompt', parts: system },
    { title: 'Output prompt', parts: output },
  ];
  return components
    .filter(({ parts }) => parts.some(part => part.text !== ''))
    .map(component => ({ ...component, changed: hasChanged(component.parts) }));
}

function hasChanged(parts: readonly TextChange[]): boolean {
  return parts.some(part => part.kind !== 'same');
}
