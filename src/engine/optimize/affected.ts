import type { Example } from '../core/example.ts';
import { wordsOfEdit, type Edit } from './edits/edit.ts';
import { wordsOf } from './words.ts';

/** How strongly an edit speaks of a row: 0 where they share no telling word. */
export type Affinity = (edit: Edit, example: Example) => number;

/** A word that more rows than this share does not tell rows apart. */
const telling = 0.3;
/** What it is worth that an edit names a row's expected answer, beside the words of its input. */
const namesAnswer = 0.5;

/**
 * Sum of the weights ln(N / n) of the words that an edit shares with a row's inputs, n of the N
 * `examples` having the word; common words are left out. An edit that names the expected answer and
 * no word of the row gets a little.
 */
export function affinityOver(examples: readonly Example[]): Affinity {
  const words = new Map(examples.map(example => [example.id, inputWords(example)]));
  const rowsWith = new Map<string, number>();
  for (const row of words.values()) {
    for (const word of row) rowsWith.set(word, (rowsWith.get(word) ?? 0) + 1);
  }
  const weights = new Map(
    [...rowsWith]
      .filter(([, rows]) => rows <= telling * examples.length || rows === 1)
      .map(([word, rows]) => [word, Math.log(1 + examples.length / rows)] as const),
  );
  return (edit, example) => {
    const inRow = words.get(example.id) ?? inputWords(example);
    const said = new Set(wordsOfEdit(edit));
    let sum = 0;
    for (const word of said) if (inRow.has(word)) sum += weights.get(word) ?? 0;
    const answer = wordsOf(example.expected ?? '');
    const named = answer.length > 0 && answer.every(word => said.has(word));
    return sum + (named ? namesAnswer : 0);
  };
}

function inputWords(example: Example): ReadonlySet<string> {
  return new Set(Object.values(example.inputs).flatMap(wordsOf));
}
