import type { Example } from '../../core/example.ts';
import { findMarks } from '../../core/marks.ts';
import type { Prompt } from '../../core/prompt.ts';
import { sampled, shuffled } from '../../core/random.ts';
import { changeable } from '../component.ts';
import { placesFor } from '../demonstration.ts';
import { raceRule, raceStep } from '../patchRace/race.ts';
import {
  candidateOf,
  incumbentOf,
  isFailure,
  rolloutsOf,
  runningTrial,
  type SearchView,
} from '../search.ts';
import { wordSimilarity } from '../similarity.ts';
import type { Action, Strategy } from '../strategy.ts';
import { measureOriginal } from './reflect.ts';

/** Examples of one trial, in turn. */
const sizes = [4, 2, 8];
/** Sets drawn for one trial until one is new. */
const mostDraws = 20;

/**
 * Examples in the prompt: train rows with their answers are put before the place where the input
 * goes, chosen so that every failing row has one near it (facility location, greedy), and the set
 * races the best prompt on validation rows. Examples are train rows and nothing else: a row that a
 * prompt is scored on never stands in it.
 */
export const demos: Strategy = {
  id: 'demos',
  summary: 'Examples from the train rows in the prompt: for formats that are hard to describe.',
  decide(view) {
    const trial = runningTrial(view.state);
    if (trial?.candidateId !== undefined) {
      return raceStep(trial, trial.candidateId, view, raceRule(view.validation.length));
    }
    const original = view.state.header?.original.prompt;
    return measureOriginal(view) ?? (original && examplesFor(original, view)) ?? [];
  },
};

/** A trial of this prompt with examples that it was not tried with; undefined where there are none. */
export function examplesFor(base: Prompt, view: SearchView): Action[] | undefined {
  const { state, settings, random } = view;
  const number = state.trials.length + 1;
  const [component = 'system'] = changeable(settings);
  for (let draw = 0; draw < mostDraws; draw++) {
    const size = sizes[(number - 1 + draw) % sizes.length] ?? 1;
    const chosen = covering(size, view, random('demos', number, draw));
    if (chosen.length === 0) return undefined;
    const examples = chosen.map(row => row.id);
    const birth = { parent: incumbentOf(state).prompt, examples };
    const prompt = placesFor(base, chosen, component).find(
      each => view.refusalOf(each, birth) === undefined,
    );
    if (!prompt || candidateOf(state, prompt)) continue;
    return [
      {
        type: 'try',
        number,
        parentId: state.incumbentId,
        operator: 'demos',
        prompt,
        examples,
        rationale: `${chosen.length} train rows as examples.`,
      },
    ];
  }
  return undefined;
}

/** Greedily, out of a drawn half of the pool, the rows that bring the failing ones an example near them. */
function covering(size: number, view: SearchView, random: () => number): Example[] {
  const { state, train, primary } = view;
  const usable = train.filter(isUsable);
  const pool = sampled(usable, Math.max(size, Math.ceil(usable.length / 2)), random);
  const known = rolloutsOf(state, state.incumbentId, 'train');
  const failing = train.filter(row => isFailure(known.get(row.id), primary));
  const targets = failing.length > 0 ? failing : pool;
  const similarity = wordSimilarity(train);
  const closeness = (row: Example, target: Example): number =>
    similarity(row, target) + (row.expected === target.expected ? 1 : 0);
  const nearest = new Map(targets.map(target => [target.id, 0]));
  const chosen: Example[] = [];
  while (chosen.length < Math.min(size, pool.length)) {
    const worth = (row: Example): number =>
      targets.reduce(
        (sum, each) => sum + Math.max(0, closeness(row, each) - (nearest.get(each.id) ?? 0)),
        0,
      );
    const left = pool.filter(row => !chosen.includes(row));
    const best = left
      .map(row => ({ row, worth: worth(row) }))
      .sort((a, b) => b.worth - a.worth)[0]?.row;
    if (!best) break;
    chosen.push(best);
    for (const each of targets) {
      nearest.set(each.id, Math.max(nearest.get(each.id) ?? 0, closeness(best, each)));
    }
  }
  return shuffled(chosen, random);
}

/** Has an answer, and holds nothing that would be filled in as a placeholder. */
function isUsable({ inputs, expected }: Example): boolean {
  const text = [...Object.values(inputs), expected ?? ''].join('\n');
  return expected !== undefined && findMarks(text).length === 0;
}
