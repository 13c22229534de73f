import type { Example } from '../../core/example.ts';
import { samePrompt, type Prompt } from '../../core/prompt.ts';
import { affinityOver } from '../affected.ts';
import { describePair } from '../acceptance.ts';
import { editsBetween, withEdits, type Edit } from '../edits/edit.ts';
import { unitsOf } from '../edits/units.ts';
import { lineageRollouts } from '../lineage.ts';
import { incumbentOf, scoreOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import type { RaceRule } from './race.ts';

/** Train rows that a line has to speak of before its share of failures says something. */
const fewestRows = 3;
/** Share of failures from which a line is a suspect. */
const suspicious = 0.4;
/** Validation rows on which an added line may prove to be of no use. */
const rowsForUseless = 16;

/**
 * The deletion of the line whose rows fail most, as a trial of its own that costs no optimizer
 * call; undefined where no line is suspect or all suspects were tried on this parent.
 */
export function removeWorstLine(view: SearchView): Action[] | undefined {
  const { state, train } = view;
  const parent = incumbentOf(state);
  const rollouts = lineageRollouts(state, parent.id);
  const affinity = affinityOver(train);
  const tried = Object.values(state.candidates).map(each => each.prompt);
  const suspects = deletions(parent.prompt)
    .map(edit => ({ edit, prompt: withEdits(parent.prompt, [edit]), share: failing(edit) }))
    .filter(({ share }) => share >= suspicious)
    .filter(({ prompt }) => !tried.some(each => samePrompt(each, prompt)))
    .sort((a, b) => b.share - a.share);
  const [worst] = suspects;
  if (!worst) return undefined;
  return [
    {
      type: 'try',
      number: state.trials.length + 1,
      parentId: parent.id,
      operator: 'remove',
      prompt: worst.prompt,
      rationale: `${Math.round(100 * worst.share)} % of the train rows that this line speaks of are answered wrong.`,
    },
  ];

  function failing(edit: Edit): number {
    const scores = train.flatMap((row: Example) =>
      affinity(edit, row) >= 1 ? (scoreOf(rollouts.get(row.id), view.primary) ?? []) : [],
    );
    if (scores.length < fewestRows) return 0;
    return scores.filter(score => score.value < 1).length / scores.length;
  }
}

/**
 * Rule for a deletion: as any other race where the line stood in the original; a line that the
 * search itself added goes where it has been of no use on 16 rows.
 */
export function removeRule(rule: RaceRule, removesOwnLine: boolean): RaceRule {
  return (pair, complete, shorter) => {
    const decision = rule(pair, complete, shorter);
    const broken = pair.broken + pair.lost;
    const useless =
      removesOwnLine &&
      (complete || pair.before.length >= rowsForUseless) &&
      broken <= pair.fixed &&
      pair.gain >= 0;
    if (decision.verdict === 'keep' || !useless) return decision;
    return {
      verdict: 'keep',
      reason: `Kept: ${describePair(pair, 'validation')}; the line was of no use.`,
    };
  };
}

/** Whether what a child leaves out is not in the original. */
export function leavesOutOwnLine(original: Prompt, parent: Prompt, child: Prompt): boolean {
  const lines = new Set(
    [...unitsOf(original.system), ...unitsOf(original.output)].map(each => each.text.trim()),
  );
  return editsBetween(parent, child).every(edit => !lines.has((edit.removed ?? '').trim()));
}

function deletions(prompt: Prompt): Edit[] {
  return (['system', 'output'] as const).flatMap(component =>
    unitsOf(prompt[component]).flatMap(({ text }, at) =>
      text.trim() === '' ? [] : [{ component, at, removed: text }],
    ),
  );
}
