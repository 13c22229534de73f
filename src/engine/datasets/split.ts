import { RequestError } from '../core/errors.ts';
import type { Example, Split } from '../core/example.ts';
import { hashedFraction } from '../core/random.ts';
import { sharesProblem, usualShares, type Shares } from '../core/shares.ts';

/** Fewest rows that can be split into train, validation and test. */
export const minimumRows = 6;

/** How rows are to be divided. */
export interface SplitOptions {
  /** Part of the hash: another salt, another draw. */
  readonly salt?: string;
  /** Parts of 1 for each split; absent: 35 % train, 25 % validation, 40 % test. */
  readonly shares?: Shares;
}

/** The order on the scale of the hash: the test rows come first, so that they stay the same. */
const order: readonly Split[] = ['test', 'validation', 'train'];

/** Most rows that a run looks at; the rest stay in reserve (design notes, section 3.4). */
const most: Readonly<Record<Split, number>> = { train: 1000, validation: 400, test: 600 };

/** Labels are what has few values; more different answers than these are texts. */
const mostLabels = 20;

interface Group {
  readonly fraction: number;
  readonly examples: Example[];
}

/**
 * Splits rows by a hash of each row's inputs, so that adding, removing or relabelling rows does not
 * move the others from one split to another, and rows with the same input stay together. Where the
 * file names a row's split, that one is taken. From six rows on (with three different inputs or
 * more) no split is empty, and none lacks a label that six rows have: where the hash leaves one
 * out, which happens to rare labels, a row is lent to it. Rows keep their order.
 */
export function splitExamples(
  examples: readonly Example[],
  { salt = '', shares = usualShares }: SplitOptions = {},
): Record<Split, Example[]> {
  const problem = sharesProblem(shares);
  if (problem !== undefined) throw new RequestError(problem);
  const groups = groupsOf(examples, salt);
  const placed: Record<Split, Group[]> = { train: [], validation: [], test: [] };
  for (const group of groups) placed[splitOf(group, shares)].push(group);
  const open = groups.filter(group => !isNamed(group));
  for (const label of labelsOf(open)) {
    const ofLabel = (group: Group): boolean => label === labelOf(group) && !isNamed(group);
    fillEmpty(placed, order, ofLabel);
  }
  if (examples.length >= minimumRows && groups.length >= order.length) {
    fillEmpty(placed, order, group => !isNamed(group));
  }
  const place = new Map(examples.map((example, at) => [example, at]));
  const rowsIn = (split: Split): Example[] =>
    capped(placed[split], most[split]).sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  return { train: rowsIn('train'), validation: rowsIn('validation'), test: rowsIn('test') };
}

/** What makes two rows the same to a model: the inputs without case and without extra space. */
export function contentKey(example: Example): string {
  const inputs = Object.entries(example.inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = inputs.map(([, text]) => text.trim().replace(/\s+/gu, ' ').toLowerCase());
  return texts.length > 0 ? JSON.stringify(texts) : example.id;
}

function groupsOf(examples: readonly Example[], salt: string): Group[] {
  const groups = new Map<string, Group>();
  for (const example of examples) {
    const key = contentKey(example);
    const group = groups.get(key);
    if (group) group.examples.push(example);
    else groups.set(key, { fraction: hashedFraction(`${salt}\n${key}`), examples: [example] });
  }
  return [...groups.values()].sort((left, right) => left.fraction - right.fraction);
}

function isNamed({ examples }: Group): boolean {
  return examples.some(example => example.split !== undefined);
}

/** The file's own split, of the first row that has one; else by the hash. */
function splitOf({ fraction, examples }: Group, shares: Shares): Split {
  const named = examples.find(example => example.split !== undefined)?.split;
  if (named) return named;
  let end = 0;
  for (const split of order) {
    end += shares[split];
    if (fraction < end) return split;
  }
  return 'train';
}

function labelOf({ examples }: Group): string | undefined {
  return examples[0]?.expected;
}

/** Labels that six different inputs have; none where the answers are texts. */
function labelsOf(groups: readonly Group[]): string[] {
  const counts = new Map<string, number>();
  for (const group of groups) {
    const label = labelOf(group);
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
    if (counts.size > mostLabels) return [];
  }
  return [...counts].flatMap(([label, count]) => (count >= minimumRows ? [label] : []));
}

/** Lends each split that has none of these groups one of the split that has most. */
function fillEmpty(
  placed: Record<Split, Group[]>,
  wanted: readonly Split[],
  counts: (group: Group) => boolean,
): void {
  for (const split of wanted) {
    if (placed[split].some(counts)) continue;
    const owned = wanted.map(name => ({ name, groups: placed[name].filter(counts) }));
    const fullest = owned.sort((a, b) => b.groups.length - a.groups.length)[0];
    const lent = fullest?.groups.at(-1);
    if (!fullest || !lent) continue;
    placed[fullest.name] = placed[fullest.name].filter(group => group !== lent);
    placed[split].push(lent);
  }
}

/** The first rows by hash, so that a row that is added pushes others into reserve at most. */
function capped(groups: readonly Group[], limit: number): Example[] {
  return groups.flatMap(group => group.examples).slice(0, limit);
}
