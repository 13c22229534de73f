import type { Candidate } from '../../core/candidate.ts';
import type { Example } from '../../core/example.ts';
import type { Rollout } from '../../core/rollout.ts';
import { affinityOver } from '../affected.ts';
import { editsBetween, type Edit } from '../edits/edit.ts';
import type { SearchView } from '../search.ts';
import { wordsOf } from '../words.ts';

/** How strongly an edit has to speak of a row's inputs to have a say on it. */
const strong = 1;

/** What edits can have done, judged by words in common: with a row's inputs and with its answers. */
export interface Say {
  /**
   * The edits that can have turned one answer to a row into another: those that speak of its inputs;
   * where none does, those that name what came into the answer or what went.
   */
  behind(edits: readonly Edit[], row: Example, before: Rollout, after: Rollout): readonly Edit[];
  /** Whether an edit may matter to a row that was answered so: it speaks of the inputs, the expected answer or this one. */
  onAnswer(edit: Edit, row: Example, answer: Rollout): boolean;
  /** Whether an edit names no row and no expected answer: then it may matter to all of them. */
  isGeneral(edit: Edit): boolean;
}

/** An edit as it is read once. */
interface Reading {
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  readonly all: readonly string[];
  /** Rows whose inputs it speaks of. */
  readonly inputs: ReadonlySet<string>;
  /** Words of expected answers in it. */
  readonly named: readonly string[];
}

const known = new WeakMap<readonly Example[], Say>();

/** What edits have a say on, among the rows of a search; remembered by its list of train rows. */
export function sayOver({ train, validation }: Pick<SearchView, 'train' | 'validation'>): Say {
  const before = known.get(train);
  if (before) return before;
  const rows = [...train, ...validation];
  const expected = new Map(rows.map(row => [row.id, new Set(wordsOf(row.expected ?? ''))]));
  const read = readerOf(rows, new Set([...expected.values()].flatMap(words => [...words])));
  const say: Say = {
    behind: (edits, row, first, second) => {
      const speaking = edits.filter(edit => read(edit).inputs.has(row.id));
      if (speaking.length > 0) return speaking;
      const was = wordsIn(first);
      const is = wordsIn(second);
      return edits.filter(edit => {
        const { added, removed } = read(edit);
        for (const word of added) if (is.has(word) && !was.has(word)) return true;
        for (const word of removed) if (was.has(word) && !is.has(word)) return true;
        return false;
      });
    },
    onAnswer: (edit, row, answer) => {
      const { all, inputs, named } = read(edit);
      if (inputs.has(row.id)) return true;
      const wanted = expected.get(row.id);
      const said = wordsIn(answer);
      return named.some(word => wanted?.has(word)) || all.some(word => said.has(word));
    },
    isGeneral: edit => {
      const { inputs, named } = read(edit);
      return inputs.size === 0 && named.length === 0;
    },
  };
  known.set(train, say);
  return say;
}

function readerOf(rows: readonly Example[], answers: ReadonlySet<string>): (edit: Edit) => Reading {
  const affinity = affinityOver(rows);
  const readings = new WeakMap<Edit, Reading>();
  return edit => {
    const before = readings.get(edit);
    if (before) return before;
    const added = new Set(wordsOf(edit.added ?? ''));
    const removed = new Set(wordsOf(edit.removed ?? ''));
    const all = [...new Set([...added, ...removed])];
    const inputs = new Set(rows.flatMap(row => (affinity(edit, row) >= strong ? row.id : [])));
    const reading = { added, removed, all, inputs, named: all.filter(word => answers.has(word)) };
    readings.set(edit, reading);
    return reading;
  };
}

const outputs = new WeakMap<Rollout, ReadonlySet<string>>();

function wordsIn(rollout: Rollout): ReadonlySet<string> {
  const before = outputs.get(rollout);
  if (before) return before;
  const words = new Set(wordsOf(rollout.output));
  outputs.set(rollout, words);
  return words;
}

const between = new WeakMap<Candidate, WeakMap<Candidate, readonly Edit[]>>();

/** The edits that lead from one candidate to another, worked out once. */
export function editsFrom(parent: Candidate, child: Candidate): readonly Edit[] {
  const own = between.get(parent) ?? new WeakMap<Candidate, readonly Edit[]>();
  between.set(parent, own);
  const before = own.get(child);
  if (before) return before;
  const edits = editsBetween(parent.prompt, child.prompt);
  own.set(child, edits);
  return edits;
}
