import { withEdits, type Edit } from '../edits/edit.ts';
import { candidateOf, incumbentOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import { linesTried, type Part } from './leaveOut.ts';
import { linesOnRows, type LineOnRows } from './lines.ts';
import type { RunningTrial } from './race.ts';
import { shorterStep } from './together.ts';

/** Rows that a line has to touch before anything can be said of it, and those it is tried on. */
const fewestRows = 4;
const mostRows = 16;
/** Share of wrong answers among its rows from which a line of the original is a suspect. */
const suspicious = 0.4;
/** By how many rows a prompt has to be better without a line of the original … */
const plainlyHarmful = 2;
/** … or on how many no worse on any: the line is not followed, and another wording may be. */
const rowsUnmoved = 8;
/** By how many rows a line of the search's own has to be better than none: its tokens have a price. */
const worthItsTokens = 2;
/**
 * Posterior from which the prompt without all these lines is kept, and below which it is given up
 * early. The best prompt has won on these very rows, with luck on some of them: it starts ahead.
 */
const worse = 0.1;
const plainlyWorse = 0.05;

/**
 * A trial that costs no optimizer call: the best prompt without each of the lines that earn least.
 * Undefined where fewer than `fewest` lines are left to be tried.
 */
export function beginRemoval(view: SearchView, fewest: number): Action[] | undefined {
  const { state } = view;
  const parent = incumbentOf(state);
  const parts = partsOf(parent.id, view).filter(
    ({ edits }) =>
      view.refusalOf(withEdits(parent.prompt, edits), { parent: parent.prompt }) === undefined,
  );
  const [first] = parts;
  if (!first || parts.length < fewest) return undefined;
  const prompt = withEdits(parent.prompt, first.edits);
  if (candidateOf(state, prompt)) return undefined;
  return [
    {
      type: 'try',
      number: state.trials.length + 1,
      parentId: parent.id,
      operator: 'remove',
      prompt,
      rationale: `Tries without each of ${parts.length} ${parts.length === 1 ? 'line' : 'lines'}, those first whose rows are answered wrong most.`,
    },
  ];
}

/** The next step of such a trial. */
export function removalStep(trial: RunningTrial, view: SearchView): Action[] {
  const { parentId } = trial;
  return shorterStep(
    trial,
    {
      what: 'line',
      parts: () => partsOf(parentId, view),
      rows: view.validation.map(row => row.id),
      plainlyWorse,
      worse,
      inOrder: edits => surest(edits, parentId, view),
    },
    view,
  );
}

/**
 * Lines of the search's own go where their rows do as well without them, or nearly: what no row
 * supports makes a prompt longer and nothing else. Lines of the original are tried only where many of their
 * rows fail, and go only where that is plainly better, or where no row has need of them. Lines that hardly touch a row (form, role)
 * stay: a few rows cannot say what they are worth.
 */
function partsOf(parentId: string, view: SearchView): Part[] {
  const tried = linesTried('remove', parentId, view);
  const lines = linesOnRows(parentId, view)
    .filter(
      ({ edit, rows }) => rows.length >= fewestRows && !tried.has((edit.removed ?? '').trim()),
    )
    .filter(({ isOwn, right, wrong }) => isOwn || wrong >= suspicious * (right + wrong));
  return byRecord(lines).map(({ edit, isOwn, rows }) => ({
    edits: [edit],
    rows: rows.slice(0, mostRows),
    goes: (fixed, broken) =>
      isOwn
        ? broken - fixed < worthItsTokens
        : fixed - broken >= plainlyHarmful || (broken === 0 && rows.length >= rowsUnmoved),
  }));
}

/** Edits that take lines out, those first whose rows are answered wrong most. */
function surest(edits: readonly Edit[], parentId: string, view: SearchView): Edit[] {
  const isAmong = ({ component, at }: Edit): boolean =>
    edits.some(each => each.component === component && each.at === at);
  return byRecord(linesOnRows(parentId, view))
    .map(({ edit }) => edit)
    .filter(isAmong);
}

function byRecord(lines: readonly LineOnRows[]): LineOnRows[] {
  return [...lines].sort((a, b) => a.right - a.wrong - (b.right - b.wrong));
}
