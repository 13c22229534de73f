import type { Example, Split } from '../core/example.ts';
import { hashedFraction } from '../core/random.ts';
import { usualShares, type Shares } from '../core/shares.ts';
import { findDuplicates } from './duplicates.ts';
import { contentKey, minimumRows } from './split.ts';

/** With fewer different rows than these, a share of them kept aside could prove next to nothing. */
export const fewRows = 30;
/** Folds of a cross-validation at most; fewer where a fold would not have two rows. */
const mostFolds = 5;
/** Labels are what has few values; more different answers than these are texts. */
const mostLabels = 20;

/** The rows of a cross-validation: of the search whose prompt is offered, and of each fold. */
export interface Folds {
  readonly whole: Readonly<Record<Split, readonly Example[]>>;
  /** `test` are the rows that a fold holds out: every row is in one of them. */
  readonly folds: readonly Readonly<Record<Split, readonly Example[]>>[];
}

/** Whether a search over these rows is cross-validated, where nobody has switched that off. */
export function areFew(examples: readonly Example[]): boolean {
  if (examples.some(({ split }) => split !== undefined)) return false;
  const different = new Set(examples.map(contentKey)).size;
  return different < fewRows && unitsOf(examples).length >= minimumRows;
}

/**
 * Deals rows to folds, and the rest of each fold to train and validation as `shares` has it. Dealt
 * is in the order of a hash of the row's content, label by label, so that each part has its share of
 * every label and no part depends on the order of the file; rows that say the same, or nearly, stay
 * together. Rows keep the order of the file.
 */
export function foldsOf(examples: readonly Example[], shares: Shares = usualShares): Folds {
  const units = unitsOf(examples);
  const count = Math.min(mostFolds, Math.floor(units.length / 2));
  const place = new Map(examples.map((example, at) => [example, at]));
  const inOrder = (some: readonly Unit[]): Example[] =>
    some.flat().sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  const divided = (some: readonly Unit[], test: readonly Unit[]) => {
    const share = shares.validation / (shares.train + shares.validation);
    const isChosen = (_: Unit, at: number): boolean =>
      Math.floor((at + 1) * share + 1e-9) > Math.floor(at * share + 1e-9);
    return {
      train: inOrder(some.filter((unit, at) => !isChosen(unit, at))),
      validation: inOrder(some.filter(isChosen)),
      test: inOrder(test),
    };
  };
  return {
    whole: divided(units, []),
    folds: Array.from({ length: count }, (_, fold) =>
      divided(
        units.filter((_unit, at) => at % count !== fold),
        units.filter((_unit, at) => at % count === fold),
      ),
    ),
  };
}

/** Rows that say the same, or nearly so. */
type Unit = readonly Example[];

/** All units, label by label, each label in the order of its hashes. */
function unitsOf(examples: readonly Example[]): Unit[] {
  const units = new Map<Example, Example[]>();
  const first = new Map(examples.map(example => [example, example]));
  for (const { example, of } of findDuplicates(examples)) {
    const [from, to] = [first.get(example), first.get(of)];
    for (const [row, unit] of first) if (from && to && unit === from) first.set(row, to);
  }
  for (const [example, unit] of first) {
    const known = units.get(unit);
    if (known) known.push(example);
    else units.set(unit, [example]);
  }
  const labels = new Set(examples.map(({ expected }) => expected));
  const keyed = [...units.values()].map(unit => {
    // The unit's place must not hang on which of its rows the file has first.
    const keys = unit.map(example => ({ key: contentKey(example), label: example.expected ?? '' }));
    const [least] = keys.sort((a, b) => (a.key < b.key ? -1 : 1));
    const label = labels.size > mostLabels ? '' : (least?.label ?? '');
    return { unit, label, fraction: hashedFraction(`\n${least?.key ?? ''}`) };
  });
  const sorted = keyed.sort((a, b) =>
    a.label === b.label ? a.fraction - b.fraction : a.label < b.label ? -1 : 1,
  );
  return sorted.map(({ unit }) => unit);
}
