import type { Prompt } from '../../core/prompt.ts';
import { posteriorBetter } from '../../core/statistics.ts';
import { describePair } from '../acceptance.ts';
import { changeable } from '../component.ts';
import { deletions } from '../edits/deletions.ts';
import { withEdits } from '../edits/edit.ts';
import { triedBefore } from '../guards.ts';
import { raceStep, type RaceRule } from '../patchRace/race.ts';
import { incumbentOf, runningTrial, type SearchView } from '../search.ts';
import type { Action, Strategy } from '../strategy.ts';
import { measureOriginal } from './reflect.ts';

/** Validation rows on which a shorter prompt has to hold before it is kept early. */
const enoughRows = 30;
/** Posterior below which a shorter prompt is given up. */
const hopeless = 0.2;
/** Lines from which halves and quarters of the prompt are tried before single lines. */
const manyLines = 8;

/**
 * The shortest prompt that is not worse: lines are left out, in halves, in quarters, then one by
 * one (delta debugging, Zeller 2002), and what breaks no more validation rows than it fixes is kept.
 * No optimizer model is asked. The result has to be non-inferior to the original (`shipping.ts`).
 */
export const squeeze: Strategy = {
  id: 'squeeze',
  summary: 'The shortest prompt that is not worse: leaves out lines, asks no optimizer model.',
  aim: 'shorter',
  decide(view) {
    const trial = runningTrial(view.state);
    if (trial?.candidateId !== undefined) {
      return raceStep(trial, trial.candidateId, view, notWorse);
    }
    return measureOriginal(view) ?? leaveOut(view) ?? [];
  },
};

const notWorse: RaceRule = (pair, complete) => {
  const broken = pair.broken + pair.lost;
  const counts = describePair(pair, 'validation');
  if (complete || pair.before.length >= enoughRows) {
    return broken <= pair.fixed && pair.gain >= 0
      ? { verdict: 'keep', reason: `Shorter and no worse: ${counts}.` }
      : { verdict: 'refuse', reason: `Not kept: ${counts}.` };
  }
  return posteriorBetter(pair.fixed, broken) < hopeless
    ? { verdict: 'refuse', reason: `Not kept: ${counts}.` }
    : { verdict: 'look-further', reason: `Not decided yet: ${counts}.` };
};

/** The next part to leave out; undefined where every part was tried. */
function leaveOut(view: SearchView): Action[] | undefined {
  const { state, settings } = view;
  const parent = incumbentOf(state);
  const mayGo = (prompt: Prompt): boolean =>
    view.refusalOf(prompt, { parent: parent.prompt }) === undefined;
  const lines = deletions(parent.prompt, changeable(settings)).filter(line =>
    mayGo(withEdits(parent.prompt, [line])),
  );
  const halves = lines.length >= manyLines ? [2, 4].map(by => Math.ceil(lines.length / by)) : [];
  for (const size of [...halves, 1]) {
    for (let from = 0; from < lines.length; from += size) {
      const part = lines.slice(from, from + size);
      const prompt = withEdits(parent.prompt, part);
      if (triedBefore(prompt, state) !== undefined || !mayGo(prompt)) continue;
      return [
        {
          type: 'try',
          number: state.trials.length + 1,
          parentId: parent.id,
          operator: 'squeeze',
          prompt,
          rationale: `Leaves out ${part.length} of ${lines.length} lines.`,
        },
      ];
    }
  }
  return undefined;
}
