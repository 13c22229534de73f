import type { Example } from '../../core/example.ts';
import type { Prompt } from '../../core/prompt.ts';
import { affinityOver } from '../affected.ts';
import { describePair } from '../acceptance.ts';
import { changeable } from '../component.ts';
import { deletions } from '../edits/deletions.ts';
import { editsBetween, withEdits, type Edit } from '../edits/edit.ts';
import { unitsOf } from '../edits/units.ts';
import { triedBefore } from '../guards.ts';
import { lineageRollouts } from '../lineage.ts';
import { candidateNamed, incumbentOf, scoreOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import type { RaceRule } from './race.ts';

/** Train rows that a line has to speak of before its share of failures says something. */
const fewestRows = 3;
/** Share of failures from which a line is a suspect. */
const suspicious = 0.4;
/** A line of the search's own that speaks of no more rows that pass may be of no use. */
const fewPasses = 2;
/** Validation rows on which an added line may prove to be of no use. */
const rowsForUseless = 16;

/**
 * A deletion as a trial of its own that costs no optimizer call: of the line whose rows fail most,
 * else of a line of the search's own that hardly speaks of a row that passes. Undefined where there
 * is no such line, or all were tried.
 */
export function removeWorstLine(view: SearchView): Action[] | undefined {
  const { state, train } = view;
  const parent = incumbentOf(state);
  const original = state.header?.original.prompt ?? parent.prompt;
  const rollouts = lineageRollouts(state, parent.id);
  const affinity = affinityOver(train);
  const refused = refusedRemovals(view);
  const [first] = deletions(parent.prompt, changeable(view.settings))
    .filter(({ removed = '' }) => !refused.has(removed.trim()))
    .map(edit => ({ edit, prompt: withEdits(parent.prompt, [edit]), ...recordOf(edit) }))
    .filter(each => each.failing >= suspicious || isIdle(each.prompt, each.passing))
    .sort((a, b) => b.failing - a.failing || a.passing - b.passing)
    .filter(({ prompt }) => mayBeTried(prompt));
  if (!first) return undefined;
  const { prompt, failing, passing } = first;
  return [
    {
      type: 'try',
      number: state.trials.length + 1,
      parentId: parent.id,
      operator: 'remove',
      prompt,
      rationale:
        failing >= suspicious
          ? `${Math.round(100 * failing)} % of the train rows that this line speaks of are answered wrong.`
          : `This line speaks of ${passing} train ${passing === 1 ? 'row' : 'rows'} that ${passing === 1 ? 'is' : 'are'} answered right; without it the prompt is shorter.`,
    },
  ];

  /** Share of failures among the rows that a line speaks of, and how many of them pass. */
  function recordOf(edit: Edit): { failing: number; passing: number } {
    const scores = train.flatMap((row: Example) =>
      affinity(edit, row) >= 1 ? (scoreOf(rollouts.get(row.id), view.primary) ?? []) : [],
    );
    const wrong = scores.filter(score => score.value < 1).length;
    return {
      failing: scores.length < fewestRows ? 0 : wrong / scores.length,
      passing: scores.length - wrong,
    };
  }

  function mayBeTried(prompt: Prompt): boolean {
    const birth = { parent: parent.prompt };
    return (triedBefore(prompt, state) ?? view.refusalOf(prompt, birth)) === undefined;
  }

  function isIdle(without: Prompt, passing: number): boolean {
    return passing <= fewPasses && leavesOutOwnLine(original, parent.prompt, without);
  }
}

/** Lines whose removal was tried and refused: what they are good for does not change with others. */
function refusedRemovals({ state }: SearchView): ReadonlySet<string> {
  return new Set(
    state.trials
      .flatMap(each =>
        each.status === 'decided' && each.operator === 'remove' && !each.accepted ? each : [],
      )
      .flatMap(({ parentId, candidateId }) =>
        editsBetween(
          candidateNamed(state, parentId).prompt,
          candidateNamed(state, candidateId).prompt,
        ),
      )
      .map(({ removed = '' }) => removed.trim()),
  );
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
