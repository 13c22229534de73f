import type { DatasetProblem, Example, Split } from '../core/example.ts';
import type { Shares } from '../core/shares.ts';
import { similarTexts } from './shingles.ts';
import { contentKey, splitExamples } from './split.ts';

/** A row that says what another one says already. */
export interface Duplicate {
  /** The later row of the two. */
  readonly example: Example;
  readonly of: Example;
  /** `exact`: the same inputs but for case and space. `near`: similar 5-grams. */
  readonly kind: 'exact' | 'near';
  /** Jaccard similarity of the inputs' character 5-grams, 0..1. */
  readonly similarity: number;
}

/** A test or validation row that a row of another split gives away. */
export interface Leak extends Duplicate {
  readonly from: Split;
  readonly into: Split;
}

/** From here on two inputs count as one (design notes, section 3.5). */
const nearEnough = 0.8;

/** Each row that repeats an earlier one, exactly or nearly, with the one that it repeats. */
export function findDuplicates(examples: readonly Example[]): Duplicate[] {
  const first = new Map<string, Example>();
  const duplicates: Duplicate[] = [];
  const different: Example[] = [];
  for (const example of examples) {
    const key = contentKey(example);
    const of = first.get(key);
    if (of) {
      duplicates.push({ example, of, kind: 'exact', similarity: 1 });
    } else {
      first.set(key, example);
      different.push(example);
    }
  }
  for (const { later, earlier, similarity } of similarTexts(different.map(textOf), nearEnough)) {
    const [example, of] = [different[later], different[earlier]];
    if (example && of) duplicates.push({ example, of, kind: 'near', similarity });
  }
  return duplicates.sort((left, right) => left.example.line - right.example.line);
}

/**
 * Pairs of rows that say the same in two splits: what a search learnt from one gives the other
 * away. Rows of one split may repeat each other.
 */
export function findLeaks(splits: Readonly<Record<Split, readonly Example[]>>): Leak[] {
  const order: readonly Split[] = ['train', 'validation', 'test'];
  const placed = new Map(order.flatMap(split => splits[split].map(row => [row, split] as const)));
  // In this order a leak is found at the row that is given away, not at the one that was learnt.
  return findDuplicates(order.flatMap(split => splits[split])).flatMap(duplicate => {
    const from = placed.get(duplicate.of);
    const into = placed.get(duplicate.example);
    return from && into && from !== into ? [{ ...duplicate, from, into }] : [];
  });
}

/** Rows that are judged by and that rows to learn from give away, as one warning. */
export function leakWarnings(examples: readonly Example[], shares?: Shares): DatasetProblem[] {
  const leaks = findLeaks(splitExamples(examples, shares ? { shares } : {}));
  const [first] = leaks;
  if (!first) return [];
  const { example, of, from, into } = first;
  const place = `line ${of.line} (${from} rows)`;
  const message =
    leaks.length === 1
      ? `this row (${into} rows) says nearly the same as ${place}; the result may look better than it is.`
      : `${leaks.length} rows from here say nearly the same as rows of another split; this one (${into} rows) repeats ${place}. The result may look better than it is.`;
  return [{ line: example.line, message }];
}

/** Rows that nearly repeat others, as one warning; exact ones are among the other oddities. */
export function nearDuplicateWarnings(examples: readonly Example[]): DatasetProblem[] {
  const near = findDuplicates(examples).filter(({ kind }) => kind === 'near');
  const [first] = near;
  if (!first) return [];
  const { example, of } = first;
  const message =
    near.length === 1
      ? `this row nearly repeats line ${of.line}.`
      : `${near.length} rows from here nearly repeat others; this one repeats line ${of.line}.`;
  return [{ line: example.line, message }];
}

function textOf(example: Example): string {
  return Object.keys(example.inputs)
    .sort()
    .map(name => example.inputs[name] ?? '')
    .join('\n');
}
