import type { Example } from '../core/example.ts';
import { shuffled } from '../core/random.ts';
import type { Rollout } from '../core/rollout.ts';
import type { Contrast } from './contrast.ts';
import { fenced } from './fence.ts';
import { lineageRollouts } from './lineage.ts';
import { incumbentOf, isFailure, rolloutsOf, scoreOf, type SearchView } from './search.ts';
import { wordSimilarity } from './similarity.ts';
import { clipMiddle, roughTokens } from './words.ts';

/** Share of a minibatch that is given to failures, where there are so many. */
const failureShare = 0.6;
/** All rows of a request together, in rough tokens: what a small model's window still holds. */
const evidenceTokens = 3500;
/** The answer of another prompt, and how that one differs, in rough tokens each. */
const contrastTokens = 150;
/** One field of a row, in rough tokens; the middle of a longer one is left out. */
const fieldTokens = 500;

/**
 * Ids of the train rows for one trial, failures first: the failures of the best prompt that were
 * shown least, and rows that it gets right and that look most like them, so that the model sees
 * what must not break. At most `sampleK` rows and `evidenceTokens`; none where there is no failure.
 */
export function pickEvidence(view: SearchView): string[] {
  const { state, settings, train, primary, random } = view;
  const known = rolloutsOf(state, incumbentOf(state).id, 'train');
  const inDrawnOrder = shuffled(train, random('evidence', state.trials.length + 1));
  const shownBefore = timesShown(view);
  const failures = inDrawnOrder
    .filter(example => isFailure(known.get(example.id), primary))
    .sort((a, b) => (shownBefore.get(a.id) ?? 0) - (shownBefore.get(b.id) ?? 0));
  const passes = inDrawnOrder.filter(
    example => scoreOf(known.get(example.id), primary)?.value === 1,
  );
  const size = Math.max(1, settings.sampleK);
  const room = Math.max(Math.ceil(size * failureShare), size - passes.length);
  const shownFailures = failures.slice(0, room);
  const lookAlikes = mostAlike(passes, shownFailures, train).slice(0, size - shownFailures.length);
  return shownFailures.length === 0 ? [] : fittingRows(shownFailures, lookAlikes, view);
}

/** As many of both as the token limit holds, taken in turn; the first failure always. */
export function fittingRows(
  failures: readonly Example[],
  passes: readonly Example[],
  view: SearchView,
): string[] {
  const rollouts = lineageRollouts(view.state, incumbentOf(view.state).id);
  const inTurn = failures.flatMap((failure, at) => [failure, ...passes.slice(at, at + 1)]);
  const kept = new Set<string>();
  let tokens = 0;
  for (const example of [...inTurn, ...passes.slice(failures.length)]) {
    tokens += roughTokens(rowText(example, rollouts.get(example.id), view));
    if (kept.size > 0 && tokens > evidenceTokens) break;
    kept.add(example.id);
  }
  return [...failures, ...passes].map(example => example.id).filter(id => kept.has(id));
}

/** How often each train row was shown to the optimizer model so far. */
export function timesShown({ state }: SearchView): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const trial of state.trials) {
    for (const id of trial.shown ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function mostAlike(
  passes: readonly Example[],
  failures: readonly Example[],
  train: readonly Example[],
): Example[] {
  const similarity = wordSimilarity(train);
  const closeness = new Map(
    passes.map(pass => [pass.id, Math.max(...failures.map(failure => similarity(pass, failure)))]),
  );
  return [...passes].sort((a, b) => (closeness.get(b.id) ?? 0) - (closeness.get(a.id) ?? 0));
}

/** Whether a person has noted something about one of these train rows. */
export function hasNotes(shown: readonly string[], { train }: SearchView): boolean {
  return train.some(({ id, note }) => note !== undefined && shown.includes(id));
}

/** The rows as text for the optimizer model, each field fenced as data. */
export function evidenceText(
  shown: readonly string[],
  view: SearchView,
  parentId = view.state.incumbentId,
  contrasts: readonly Contrast[] = [],
): string {
  const { state, train } = view;
  const rollouts = lineageRollouts(state, parentId);
  const examples = new Map(train.map(example => [example.id, example]));
  return shown
    .flatMap(id => examples.get(id) ?? [])
    .map(example =>
      rowText(
        example,
        rollouts.get(example.id),
        view,
        contrasts.find(each => each.exampleId === example.id),
      ),
    )
    .join('\n');
}

function rowText(
  example: Example,
  rollout: Rollout | undefined,
  { primary }: SearchView,
  contrast?: Contrast,
): string {
  const inputs = Object.entries(example.inputs);
  const input =
    inputs.length === 1
      ? (inputs[0]?.[1] ?? '')
      : inputs.map(([name, value]) => `${name}: ${value}`).join('\n');
  const feedback = scoreOf(rollout, primary)?.feedback;
  return [
    '<row>',
    fenced('input', clipMiddle(input, fieldTokens)),
    fenced('output', clipMiddle(rollout?.output ?? '', fieldTokens)),
    ...(example.expected === undefined
      ? []
      : [fenced('expected', clipMiddle(example.expected, fieldTokens))]),
    ...(feedback ? [fenced('feedback', clipMiddle(feedback, fieldTokens))] : []),
    ...(example.note ? [fenced('note', clipMiddle(example.note, fieldTokens))] : []),
    fenced('verdict', isFailure(rollout, primary) ? 'failed' : 'passed'),
    ...(contrast
      ? [
          fenced('better_output', clipMiddle(contrast.output, contrastTokens)),
          fenced('better_prompt', clipMiddle(contrast.change, contrastTokens)),
        ]
      : []),
    '</row>',
  ].join('\n');
}
