import type { DatasetProblem, Example } from '../core/example.ts';
import { contentKey } from './split.ts';

/** Rows that say the same again, or that expect something else of the same input. */
export function repeatedRows(examples: readonly Example[]): DatasetProblem[] {
  const first = new Map<string, Example>();
  const repeated: Example[] = [];
  const contradicting: Example[] = [];
  for (const example of examples) {
    const key = contentKey(example);
    const earlier = first.get(key);
    if (!earlier) first.set(key, example);
    else if (earlier.expected === example.expected) repeated.push(example);
    else contradicting.push(example);
  }
  return [
    ...sentence(repeated, 'the same row as an earlier one'),
    ...sentence(contradicting, 'the same input as an earlier row with another expected answer'),
  ];
}

function sentence(examples: readonly Example[], what: string): DatasetProblem[] {
  const [example] = examples;
  if (!example) return [];
  const count = examples.length === 1 ? 'one row is' : `${examples.length} rows are`;
  return [{ line: example.line, message: `${count} ${what}; they stay in one split.` }];
}
