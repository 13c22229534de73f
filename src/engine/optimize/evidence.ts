import type { Example } from '../core/example.ts';
import { shuffled } from '../core/random.ts';
import type { Rollout } from '../core/rollout.ts';
import { fenced } from './fence.ts';
import { incumbentOf, isFailure, rolloutsOf, scoreOf, type SearchView } from './search.ts';
import { wordSimilarity } from './similarity.ts';
import { clipMiddle, roughTokens } from './words.ts';

/** Share of a minibatch that is given to failures, where there are so many. */
const failureShare = 0.6;
/** All rows of a request together, in rough tokens: what a small model's window still holds. */
export const evidenceTokens = 3500;
/** One field of a row, in rough tokens; the middle of a longer one is left out. */
const fieldTokens = 500;

/**
 * Ids of the train rows for one trial, failures first: the failures of the best prompt that were
 * shown least, and rows that it gets right and that look most like them, so that the model sees
 * what must not break. At most `sampleK` rows; none where there is no failure.
 */
export function pickEvidence(view: SearchView): string[] {
  const { state, settings, train, primary, random } = view;
  const known = rolloutsOf(state, incumbentOf(state).id, 'train');
  const draw = random('evidence', state.trials.length + 1);
  const inDrawnOrder = shuffled(train, draw);
  const timesShown = countShown(view);
  const failures = inDrawnOrder
    .filter(example => isFailure(known.get(example.id), primary))
    .sort((a, b) => (timesShown.get(a.id) ?? 0) - (timesShown.get(b.id) ?? 0));
  const passes = inDrawnOrder.filter(example => {
    const score = scoreOf(known.get(example.id), primary);
    return score !== undefined && score.value >= 1;
  });
  const size = Math.max(1, settings.sampleK);
  const room = Math.max(Math.ceil(size * failureShare), size - passes.length);
  const shownFailures = failures.slice(0, room);
  if (shownFailures.length === 0) return [];
  const lookAlikes = mostAlike(passes, shownFailures, view).slice(0, size - shownFailures.length);
  return [...shownFailures, ...lookAlikes].map(example => example.id);
}

function countShown({ state }: SearchView): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const trial of state.trials) {
    for (const id of trial.shown ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function mostAlike(
  passes: readonly Example[],
  failures: readonly Example[],
  { train }: SearchView,
): Example[] {
  const similarity = wordSimilarity(train);
  const closeness = new Map(
    passes.map(pass => [pass.id, Math.max(...failures.map(failure => similarity(pass, failure)))]),
  );
  return [...passes].sort((a, b) => (closeness.get(b.id) ?? 0) - (closeness.get(a.id) ?? 0));
}

/**
 * The rows as text for the optimizer model, each field fenced as data. Rows are left out from the
 * end where all of them would be more than `evidenceTokens`; the first is always there.
 */
export function evidenceText(shown: readonly string[], view: SearchView): string {
  const { state, train } = view;
  const rollouts = rolloutsOf(state, incumbentOf(state).id, 'train');
  const examples = new Map(train.map(example => [example.id, example]));
  const rows: string[] = [];
  let tokens = 0;
  for (const id of shown) {
    const example = examples.get(id);
    const rollout = rollouts.get(id);
    if (!example || !rollout) continue;
    const row = rowText(example, rollout, view);
    tokens += roughTokens(row);
    if (rows.length > 0 && tokens > evidenceTokens) break;
    rows.push(row);
  }
  return rows.join('\n');
}

function rowText(example: Example, rollout: Rollout, { primary }: SearchView): string {
  const inputs = Object.entries(example.inputs);
  const input =
    inputs.length === 1
      ? (inputs[0]?.[1] ?? '')
      : inputs.map(([name, value]) => `${name}: ${value}`).join('\n');
  const feedback = scoreOf(rollout, primary)?.feedback;
  return [
    '<row>',
    fenced('input', clipMiddle(input, fieldTokens)),
    fenced('output', clipMiddle(rollout.output, fieldTokens)),
    ...(example.expected === undefined
      ? []
      : [fenced('expected', clipMiddle(example.expected, fieldTokens))]),
    ...(feedback ? [fenced('feedback', clipMiddle(feedback, fieldTokens))] : []),
    fenced('verdict', isFailure(rollout, primary) ? 'failed' : 'passed'),
    '</row>',
  ].join('\n');
}
