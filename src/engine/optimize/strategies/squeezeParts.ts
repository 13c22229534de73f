import { shuffled } from '../../core/random.ts';
import type { Edit } from '../edits/edit.ts';
import { linesTried, type Part } from '../patchRace/leaveOut.ts';
import { linesOnRows, type LineOnRows } from '../patchRace/lines.ts';
import type { SearchView } from '../search.ts';
import { roughTokens } from '../words.ts';

/** Lines from which halves and quarters of the prompt are tried before single lines. */
const manyLines = 16;
/** Rows that a part has to touch to be tried on these alone, and the most of them. */
const enoughRows = 6;
const mostRows = 40;
/** Rows for a part that touches hardly one: it may speak of form or role, and matter to any. */
const rowsOfAny = 80;

/**
 * What may be left out of a prompt, in the order in which it is tried: where there are many lines,
 * halves and quarters, then single lines by what they seem to do for each token.
 */
export function partsOf(parentId: string, view: SearchView): Part[] {
  const tried = linesTried('squeeze', parentId, view);
  const lines = linesOnRows(parentId, view).filter(
    ({ edit }) => !tried.has((edit.removed ?? '').trim()),
  );
  const others = shuffled(allRows(view), view.random('squeeze rows', parentId));
  const part = (list: readonly LineOnRows[]): Part => {
    const touched = [...new Set(list.flatMap(({ rows }) => rows))];
    return {
      edits: list.map(({ edit }) => edit),
      rows:
        touched.length >= enoughRows
          ? touched.slice(0, mostRows)
          : [...new Set([...touched, ...others])].slice(0, rowsOfAny),
      goes: (fixed, broken) => broken <= fixed,
    };
  };
  const singles = byWorth(lines).map(line => part([line]));
  if (lines.length < manyLines) return singles;
  const chunks = [2, 4].flatMap(by => {
    const size = Math.ceil(lines.length / by);
    return Array.from({ length: by }, (_, at) => part(lines.slice(at * size, (at + 1) * size)));
  });
  return [...chunks, ...singles];
}

/** Edits that take lines out, those first that seem to do least for their length. */
export function inOrder(edits: readonly Edit[], parentId: string, view: SearchView): Edit[] {
  const isAmong = ({ component, at }: Edit): boolean =>
    edits.some(each => each.component === component && each.at === at);
  return byWorth(linesOnRows(parentId, view))
    .map(({ edit }) => edit)
    .filter(isAmong);
}

/** All train and validation rows. */
export function allRows({ train, validation }: SearchView): string[] {
  return [...validation, ...train].map(row => row.id);
}

function byWorth(lines: readonly LineOnRows[]): LineOnRows[] {
  const worth = ({ right, wrong, edit }: LineOnRows): number =>
    (right - wrong) / roughTokens(edit.removed ?? '');
  return [...lines].sort((a, b) => worth(a) - worth(b));
}
