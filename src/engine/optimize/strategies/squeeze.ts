import { withEdits } from '../edits/edit.ts';
import { withoutExampleRows } from '../exampleRows.ts';
import { onRows } from '../patchRace/leaveOut.ts';
import { rowsKnown } from '../patchRace/lines.ts';
import type { RunningTrial } from '../patchRace/race.ts';
import { shorterStep } from '../patchRace/together.ts';
import { candidateOf, incumbentOf, runningTrial, type SearchView } from '../search.ts';
import type { Action, Strategy } from '../strategy.ts';
import { allRows, inOrder, partsOf } from './squeezeParts.ts';

/** Posterior below which the shorter prompt is given up: early, and when all rows were run. */
const plainlyWorse = 0.03;
const worse = 0.05;

/**
 * The shortest prompt that is not worse. Halves, quarters and then single lines are left out (delta
 * debugging, Zeller 2002), those first that seem to do least for their length, each on top of what
 * has gone before and held against the original on the rows that it may matter to. What is left is
 * held against it on all train and validation rows; where that shows it to be worse, half of the lines
 * come back. No optimizer model is asked. What the result has to show is in `shipping.ts`.
 */
export const squeeze: Strategy = {
  id: 'squeeze',
  summary: 'The shortest prompt that is not worse: leaves out lines, asks no optimizer model.',
  aim: 'shorter',
  decide(whole) {
    const trial = runningTrial(whole.state);
    const view = withoutExampleRows(trial?.parentId ?? whole.state.incumbentId, whole);
    if (trial) return step(trial, view);
    return measureAll(view) ?? begin(view) ?? [];
  },
};

/** The best prompt on all train and validation rows: every line is held against what it did there. */
function measureAll(view: SearchView): Action[] | undefined {
  const { incumbentId } = view.state;
  const known = rowsKnown(incumbentId, view);
  const missing = allRows(view).filter(id => !known.has(id));
  return missing.length === 0 ? undefined : onRows(incumbentId, missing, view, 'original');
}

function begin(view: SearchView): Action[] | undefined {
  const { state } = view;
  const parent = incumbentOf(state);
  const parts = partsOf(parent.id, view);
  const prompt = parts
    .map(({ edits }) => withEdits(parent.prompt, edits))
    .find(each => view.refusalOf(each, { parent: parent.prompt }) === undefined);
  if (!prompt || candidateOf(state, prompt)) return undefined;
  return [
    {
      type: 'try',
      number: state.trials.length + 1,
      parentId: parent.id,
      operator: 'squeeze',
      prompt,
      rationale: `Tries without each of ${parts.length} ${parts.length === 1 ? 'part' : 'parts'}, those first that seem to do least for their length.`,
    },
  ];
}

function step(trial: RunningTrial, view: SearchView): Action[] {
  const { number, parentId, candidateId } = trial;
  if (candidateId === undefined) {
    return [{ type: 'skip', number, why: 'There is nothing to leave out.' }];
  }
  return shorterStep(
    trial,
    {
      what: 'part',
      parts: () => partsOf(parentId, view),
      rows: allRows(view),
      plainlyWorse,
      worse,
      inOrder: edits => inOrder(edits, parentId, view),
    },
    view,
  );
}
