import type { Example, Split } from '../core/example.ts';
import { hashedFraction } from '../core/random.ts';

/** Fewest rows that can be split into train, validation and test. */
export const minimumRows = 6;

/** Upper ends of the splits on the scale of the hash: 40 % test, 25 % validation, 35 % train. */
const ends: readonly (readonly [Split, number])[] = [
  ['test', 0.4],
  ['validation', 0.65],
  ['train', 1],
];

/** Most rows that a run looks at; the rest stay in reserve (design notes, section 3.4). */
const most: Readonly<Record<Split, number>> = { train: 1000, validation: 400, test: 600 };

interface Group {
  readonly fraction: number;
  readonly examples: Example[];
}

/**
 * Splits rows by a hash of each row's inputs, so that adding, removing or relabelling rows never
 * moves the others from one split to another, and rows with the same input stay together. From
 * six rows on (with three different inputs or more) no split is empty: where the hash leaves one
 * empty, which happens in very small datasets, a row is lent to it. Rows keep their order.
 */
export function splitExamples(examples: readonly Example[], salt = ''): Record<Split, Example[]> {
  const groups = groupsOf(examples, salt);
  const placed: Record<Split, Group[]> = { train: [], validation: [], test: [] };
  for (const group of groups) placed[splitAt(group.fraction)].push(group);
  if (examples.length >= minimumRows && groups.length >= ends.length) fillEmpty(placed);
  const order = new Map(examples.map((example, at) => [example, at]));
  const rowsIn = (split: Split): Example[] =>
    capped(placed[split], most[split]).sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
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

function splitAt(fraction: number): Split {
  return ends.find(([, end]) => fraction < end)?.[0] ?? 'train';
}

/** Lends each empty split a row of the fullest one. */
function fillEmpty(placed: Record<Split, Group[]>): void {
  for (const [split] of ends) {
    if (placed[split].length > 0) continue;
    const fullest = ends.map(([name]) => placed[name]).sort((a, b) => b.length - a.length)[0];
    const lent = fullest?.pop();
    if (lent) placed[split].push(lent);
  }
}

/** The first rows by hash, so that a row that is added pushes others into reserve at most. */
function capped(groups: readonly Group[], limit: number): Example[] {
  return groups.flatMap(group => group.examples).slice(0, limit);
}
