import type { DatasetProblem, Example } from '../core/example.ts';
import { contentKey } from './split.ts';

// Control characters but for tab and line ends, marks that turn the reading direction, and marks
// of no width: all are sent as they are, but a person does not see them.
const unseen =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060-\u2069\u202a-\u202e\ufeff]/u;

/**
 * What is worth knowing of usable rows: rows that say the same again, rows that expect something
 * else of the same input, and text that a person cannot see.
 */
export function odditiesOf(examples: readonly Example[]): DatasetProblem[] {
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
    ...sentence(repeated, ['repeats an earlier row', 'repeat earlier rows'], together),
    ...sentence(
      contradicting,
      [
        'has the input of an earlier row with another expected answer',
        'have the input of earlier rows with another expected answer',
      ],
      together,
    ),
    ...sentence(
      examples.filter(holdsUnseen),
      ['holds characters that cannot be seen', 'hold characters that cannot be seen'],
      'they are sent as they are.',
    ),
  ];
}

const together = 'rows with the same input stay in one split.';

function holdsUnseen(example: Example): boolean {
  return unseen.test([...Object.values(example.inputs), example.expected ?? ''].join('\n'));
}

function sentence(
  examples: readonly Example[],
  [one, many]: readonly [string, string],
  consequence: string,
): DatasetProblem[] {
  const [example] = examples;
  if (!example) return [];
  const what =
    examples.length === 1 ? `this row ${one}` : `${examples.length} rows from here ${many}`;
  return [{ line: example.line, message: `${what}; ${consequence}` }];
}
