import type { Candidate } from '../../core/candidate.ts';
import type { ForeseenEdit, Foresight, ScoredEdit } from '../../core/foresight.ts';
import type { Example } from '../../core/example.ts';
import type { TrialState } from '../../core/run.ts';
import { affinityOver } from '../affected.ts';
import { describeEdit, editsBetween, type Edit } from '../edits/edit.ts';
import { pairRows } from '../paired.ts';
import { candidateNamed, rolloutsOf, type SearchView } from '../search.ts';
import { clipMiddle } from '../words.ts';
import { featuresFor, meanFeatures } from './features.ts';
import { learnedFrom, predictorOf, type Learned } from './metaModel.ts';

/** Length of an edit in a run's log, in rough tokens. */
const editTokens = 80;

/** All that the scored edits of earlier runs and of this one teach. */
export function learnedSoFar({ state, earlier }: SearchView): Learned {
  return state.trials.reduce((learned, { scored = [] }) => learnedFrom(learned, scored), earlier);
}

/** A proposal with the features and the predicted worth of each of its edits. */
export function foresee(
  view: SearchView,
  parentId: string,
  proposal: Pick<Candidate, 'id' | 'prompt'>,
  learned: Learned,
): Foresight {
  const edits = editsBetween(candidateNamed(view.state, parentId).prompt, proposal.prompt);
  const read = featuresFor(view, parentId);
  const predict = predictorOf(learned);
  return {
    proposalId: proposal.id,
    edits: edits.map(edit => foreseen(edit, read(edit, edits, []), predict)),
  };
}

/** One edit as it is kept in a run's log. */
export function foreseen(
  edit: Edit,
  features: readonly number[],
  predict: ((features: readonly number[]) => number) | undefined,
): ForeseenEdit {
  const rounded = features.map(value => Math.round(value * 1e4) / 1e4);
  return {
    text: clipMiddle(describeEdit(edit), editTokens),
    features: rounded,
    ...(predict ? { predicted: predict(rounded) } : {}),
  };
}

/**
 * What came of a trial's edits: each edit on the validation rows that it speaks of, in the proposal as
 * it came, and all that raced to the end on the rows that they speak of (on all, where they speak of
 * none).
 */
export function scoredEdits(trial: TrialState, view: SearchView): ScoredEdit[] {
  const { state, primary } = view;
  const { foresight, parentId } = trial;
  if (!foresight || trial.status === 'skipped') return [];
  const parent = candidateNamed(state, parentId);
  const edits = editsBetween(parent.prompt, candidateNamed(state, foresight.proposalId).prompt);
  const before = rolloutsOf(state, parentId, 'validation');
  const proposed = rolloutsOf(state, foresight.proposalId, 'validation');
  const alone = edits.flatMap((edit, at): ScoredEdit[] => {
    const seen = foresight.edits[at];
    const pair = pairRows(before, proposed, rowsSpokenOf([edit], view), primary);
    return seen && pair && edits.length > 1 ? [scored([seen], pair)] : [];
  });
  if (trial.candidateId === undefined) return alone;
  const kept = editsBetween(parent.prompt, candidateNamed(state, trial.candidateId).prompt);
  const texts = new Set(kept.map(describeEdit));
  const raced = foresight.edits.filter((_, at) => texts.has(describeEdit(edits[at] as Edit)));
  const pair = pairRows(
    before,
    rolloutsOf(state, trial.candidateId, 'validation'),
    rowsSpokenOf(kept, view, view.validation),
    primary,
  );
  return pair && raced.length > 0 ? [...alone, scored(raced, pair)] : alone;
}

/** Ids of validation rows that edits speak of; of `otherwise` where they speak of none. */
function rowsSpokenOf(
  edits: readonly Edit[],
  { validation }: SearchView,
  otherwise: readonly Example[] = [],
): string[] {
  const affinity = affinityOver(validation);
  const spoken = validation.filter(row => edits.some(edit => affinity(edit, row) > 0));
  return (spoken.length > 0 ? spoken : otherwise).map(row => row.id);
}

function scored(
  edits: readonly ForeseenEdit[],
  pair: NonNullable<ReturnType<typeof pairRows>>,
): ScoredEdit {
  const { fixed, broken, lost } = pair;
  const rows = pair.before.length + lost;
  const predictions = edits.flatMap(({ predicted }) => predicted ?? []);
  return {
    features:
      edits.length === 1
        ? (edits[0]?.features ?? [])
        : meanFeatures(edits.map(each => each.features)),
    worth: (fixed - broken - lost) / rows,
    rows,
    ...(predictions.length === edits.length
      ? { predicted: predictions.reduce((sum, value) => sum + value, 0) / edits.length }
      : {}),
  };
}
