import type { Example } from '../../core/example.ts';
import type { Prompt } from '../../core/prompt.ts';
import { shuffled } from '../../core/random.ts';
import type { Rollout } from '../../core/rollout.ts';
import { affinityOver } from '../affected.ts';
import { changeable } from '../component.ts';
import { deletions } from '../edits/deletions.ts';
import { heading, linesOfExample } from '../demonstration.ts';
import type { Edit } from '../edits/edit.ts';
import { unitsOf } from '../edits/units.ts';
import { candidateNamed, rolloutsOf, scoreOf, type SearchView } from '../search.ts';
import { wordsOf } from '../words.ts';

/** A line of a prompt beside the rows that it may have decided. */
export interface LineOnRows {
  /** The edit that takes it out. */
  readonly edit: Edit;
  /** Whether the search has added it: the original does not have it. */
  readonly isOwn: boolean;
  /**
   * Answered train and validation rows that it speaks of, or whose answer it names: two that are
   * right to one that is wrong, those that it says most of first.
   */
  readonly rows: readonly string[];
  readonly right: number;
  readonly wrong: number;
}

/** How strongly a line has to speak of a row; an answer that it names counts as much. */
const strong = 1;

/**
 * The lines of a prompt that may be changed, each with the rows that speak for or against it. A
 * rule shows in the answers, too: a row that is answered with what a line says may be its doing,
 * though the row has none of its words. Examples are no rules and stay out. Costs nothing: these rows were run before.
 */
export function linesOnRows(candidateId: string, view: SearchView): LineOnRows[] {
  const { state, train, validation, primary, settings, random } = view;
  const { prompt } = candidateNamed(state, candidateId);
  const known = rowsKnown(candidateId, view);
  const all = [...train, ...validation];
  const affinity = affinityOver(all);
  const answered = shuffled(
    all.filter(row => scoreOf(known.get(row.id), primary)),
    random('lines', candidateId),
  );
  const original = linesOf(state.header?.original.prompt ?? prompt);
  const shown = train.flatMap(row => linesOfExample(prompt, row));
  const inExample = new Set(shown.length > 0 ? [...shown, heading] : []);
  const rules = deletions(prompt, changeable(settings)).filter(
    ({ removed = '' }) => !inExample.has(removed),
  );
  return rules.map(edit => {
    const line = edit.removed ?? '';
    const words = new Set(wordsOf(line));
    const isNamed = (row: Example): boolean => {
      const said = wordsOf(known.get(row.id)?.output ?? '');
      return said.length > 0 && said.every(word => words.has(word));
    };
    const touched = answered
      .map(row => ({ row, close: affinity(edit, row) + (isNamed(row) ? strong : 0) }))
      .filter(({ close }) => close >= strong)
      .sort((a, b) => b.close - a.close)
      .map(({ row }) => row.id);
    const isRight = (id: string): boolean => scoreOf(known.get(id), primary)?.value === 1;
    const right = touched.filter(isRight);
    const wrong = touched.filter(id => !isRight(id));
    return {
      edit,
      isOwn: !original.has(line.trim()),
      rows: twoToOne(right, wrong),
      right: right.length,
      wrong: wrong.length,
    };
  });
}

/** A candidate's own rollouts of train and validation rows. */
export function rowsKnown(
  candidateId: string,
  { state }: Pick<SearchView, 'state'>,
): ReadonlyMap<string, Rollout> {
  return new Map([
    ...rolloutsOf(state, candidateId, 'validation'),
    ...rolloutsOf(state, candidateId, 'train'),
  ]);
}

function linesOf({ system, output }: Prompt): ReadonlySet<string> {
  return new Set([...unitsOf(system), ...unitsOf(output)].map(({ text }) => text.trim()));
}

function twoToOne(many: readonly string[], few: readonly string[]): string[] {
  const rest = { many: [...many], few: [...few] };
  const order: string[] = [];
  while (rest.many.length + rest.few.length > 0) {
    order.push(...rest.many.splice(0, 2), ...rest.few.splice(0, 1));
  }
  return order;
}
