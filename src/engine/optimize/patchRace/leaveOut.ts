import { editsBetween, withEdits, type Edit } from '../edits/edit.ts';
import { candidateNamed, candidateOf, scoreOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import { rowsKnown } from './lines.ts';
import type { RunningTrial } from './race.ts';

/** Lines that are tried without, together. */
export interface Part {
  readonly edits: readonly Edit[];
  /** Rows that the parent has answered, in the order in which they are run. */
  readonly rows: readonly string[];
  /** Whether the part goes, when all its rows were run without it. */
  goes(fixed: number, broken: number): boolean;
}

/** Numbers of rows after which a part that is plainly needed stays. */
const looks = [6, 20];
/** More rows broken than fixed, by which a part is plainly needed. */
const plainly = 2;

/**
 * Tries a prompt without each of these parts in turn, on top of what has gone before, so that of two
 * lines that do the same one stays. What has to be done next, or at the end the edits that are left.
 * Every prompt is held against the trial's parent: what many small losses add up to is seen, too.
 */
export function leaveOut(
  trial: RunningTrial,
  parts: readonly Part[],
  view: SearchView,
): { readonly next: Action[] } | { readonly gone: readonly Edit[] } {
  const { state, primary } = view;
  const { number, parentId } = trial;
  const parent = candidateNamed(state, parentId).prompt;
  const before = rowsKnown(parentId, view);
  const valueIn = (known: typeof before, id: string): number =>
    scoreOf(known.get(id), primary)?.value ?? 0;
  const gone: Edit[] = [];
  for (const { edits: all, rows, goes } of parts) {
    const edits = all.filter(edit => !gone.includes(edit));
    if (edits.length === 0) continue;
    const prompt = withEdits(parent, [...gone, ...edits]);
    if (view.refusalOf(prompt, { parent }) !== undefined) continue;
    const candidate = candidateOf(state, prompt);
    if (!candidate) return { next: [{ type: 'variant', number, prompt, composed: false }] };
    const after = rowsKnown(candidate.id, view);
    const changed = (ids: readonly string[]) => ({
      fixed: ids.filter(id => valueIn(after, id) > valueIn(before, id)).length,
      broken: ids.filter(id => valueIn(after, id) < valueIn(before, id)).length,
    });
    let stays = false;
    for (const size of [...looks.filter(each => each < rows.length), rows.length]) {
      const looked = rows.slice(0, size);
      const missing = looked.filter(id => !after.has(id));
      if (missing.length > 0) return { next: onRows(candidate.id, missing, view, 'minibatch') };
      const { fixed, broken } = changed(looked);
      stays ||= broken - fixed >= plainly;
      if (stays) break;
    }
    const { fixed, broken } = changed(rows.filter(id => after.has(id)));
    if (!stays && goes(fixed, broken)) gone.push(...edits);
  }
  return { gone };
}

/** Runs a candidate on train and validation rows by their ids. */
export function onRows(
  candidateId: string,
  ids: readonly string[],
  view: SearchView,
  purpose: 'minibatch' | 'original' | 'validation',
): Action[] {
  const wanted = new Set(ids);
  return (['train', 'validation'] as const).flatMap(split => {
    const exampleIds = view[split].map(row => row.id).filter(id => wanted.has(id));
    return exampleIds.length === 0
      ? []
      : [{ type: 'evaluate' as const, candidateId, split, purpose, exampleIds }];
  });
}

/**
 * Lines that an operator has tried without in earlier prompts than this one: what they are good for
 * does not change with others.
 */
export function linesTried(
  operator: string,
  parentId: string,
  { state }: Pick<SearchView, 'state'>,
): ReadonlySet<string> {
  return new Set(
    Object.values(state.candidates).flatMap(({ operator: by, parents: [before], prompt }) =>
      by !== operator || before === undefined || before === parentId
        ? []
        : editsBetween(candidateNamed(state, before).prompt, prompt).map(({ removed = '' }) =>
            removed.trim(),
          ),
    ),
  );
}
