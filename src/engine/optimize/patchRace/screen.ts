import type { Candidate } from '../../core/candidate.ts';
import { samePrompt, type Prompt } from '../../core/prompt.ts';
import { shuffled } from '../../core/random.ts';
import type { RunState } from '../../core/run.ts';
import { affinityOver } from '../affected.ts';
import { describeEdit, withEdits, type Edit } from '../edits/edit.ts';
import { lineageRollouts } from '../lineage.ts';
import { isFailure, rolloutsOf, scoreOf, type SearchView } from '../search.ts';
import type { Action } from '../strategy.ts';
import { clipMiddle } from '../words.ts';
import { screenRows } from './parameters.ts';

/** What trying one edit alone, on the few rows that it can affect, has shown so far. */
export interface EditScreen {
  readonly edit: Edit;
  /** The parent with this edit alone. */
  readonly prompt: Prompt;
  readonly candidate: Candidate | undefined;
  /** Rows that are still to be run; none where the screen is over. */
  readonly next: readonly string[];
  readonly fixed: number;
  readonly broken: number;
}

/** Rows that have to be tried before an edit that fixed none of them is dropped. */
const firstTries = 2;

/**
 * Screens each edit alone: two failing train rows that it speaks of (rows shown to the optimizer
 * model first); where it fixes none of them it is dropped, else further failing rows and passing
 * rows that it could break. An edit that speaks of no row is tried on rows drawn at random.
 */
export function screenEdits(
  parent: Candidate,
  edits: readonly Edit[],
  shown: readonly string[],
  view: SearchView,
): EditScreen[] {
  const { state, train, primary, random } = view;
  const before = lineageRollouts(state, parent.id);
  const own = rolloutsOf(state, parent.id, 'train');
  const affinity = affinityOver(train);
  const count = screenRows(train.length);
  const drawn = shuffled(train, random('screen', state.trials.length));
  return edits.map(edit => {
    const prompt = withEdits(parent.prompt, [edit]);
    const candidate = candidateOf(state, prompt);
    const after = candidate ? rolloutsOf(state, candidate.id, 'train') : new Map<string, never>();
    const ranked = drawn
      .map(row => ({ row, close: affinity(edit, row) + (shown.includes(row.id) ? 0.25 : 0) }))
      .sort((a, b) => b.close - a.close)
      .map(({ row }) => row.id);
    const failing = ranked.filter(id => isFailure(own.get(id), primary)).slice(0, count);
    const passing = ranked
      .filter(id => scoreOf(before.get(id), primary)?.value === 1)
      .slice(0, count);
    let fixed = 0;
    let broken = 0;
    for (const [id, rollout] of after) {
      const old = scoreOf(before.get(id), primary)?.value;
      const now = scoreOf(rollout, primary)?.value ?? 0;
      if (old === undefined) continue;
      if (now > old) fixed += 1;
      if (now < old) broken += 1;
    }
    const first = failing.slice(0, firstTries).filter(id => !after.has(id));
    const rest = fixed > 0 ? [...failing, ...passing].filter(id => !after.has(id)) : [];
    return { edit, prompt, candidate, next: first.length > 0 ? first : rest, fixed, broken };
  });
}

/** Whether an edit has fixed more than it broke. */
export function isWorthRacing({ fixed, broken }: EditScreen): boolean {
  return fixed > broken;
}

/** The next step of a screen; undefined where every edit has been tried. */
export function screenStep(number: number, screens: readonly EditScreen[]): Action[] | undefined {
  const unborn = screens.filter(({ candidate }) => candidate === undefined);
  if (unborn.length > 0) {
    return unborn.map(({ prompt }) => ({ type: 'variant', number, prompt, composed: false }));
  }
  const waiting = screens.filter(({ next }) => next.length > 0);
  if (waiting.length === 0) return undefined;
  return waiting.map(({ candidate, next }) => ({
    type: 'evaluate',
    candidateId: candidate?.id ?? '',
    split: 'train',
    purpose: 'minibatch',
    exampleIds: next,
  }));
}

/** What the edits of a proposal did, in a sentence for people and for the optimizer model. */
export function screenSentence(screens: readonly EditScreen[]): string {
  const each = screens.map(
    ({ edit, fixed, broken }) =>
      `"${clipMiddle(describeEdit(edit), 40)}" ${fixed} fixed and ${broken} broken`,
  );
  return `Not kept: no edit fixed more train rows than it broke. ${each.join('; ')}.`;
}

/** The candidate of the run with this very prompt. */
export function candidateOf(state: RunState, prompt: Prompt): Candidate | undefined {
  return Object.values(state.candidates).find(each => samePrompt(each.prompt, prompt));
}
