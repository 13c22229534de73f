import type { Candidate } from '../../core/candidate.ts';
import type { ForeseenEdit, Foresight, ScoredEdit } from '../../core/foresight.ts';
import type { TrialState } from '../../core/run.ts';
import { affinityOver } from '../affected.ts';
import { describeEdit, editsBetween, withEdits, type Edit } from '../edits/edit.ts';
import { lineageRollouts } from '../lineage.ts';
import { pairRows } from '../paired.ts';
import { candidateNamed, rolloutsOf, type SearchView } from '../search.ts';
import { candidateOf } from '../patchRace/screen.ts';
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
 * What came of a trial's edits: each edit that was tried alone on train rows, and all that raced
 * together on the validation rows that they speak of (on all, where they speak of none).
 */
export function scoredEdits(trial: TrialState, view: SearchView): ScoredEdit[] {
  const { state, primary } = view;
  const { foresight, parentId } = trial;
  if (!foresight || trial.status === 'skipped') return [];
  const parent = candidateNamed(state, parentId);
  const edits = editsBetween(parent.prompt, candidateNamed(state, foresight.proposalId).prompt);
  const before = lineageRollouts(state, parentId);
  const alone = edits.flatMap((edit, at): ScoredEdit[] => {
    const candidate = candidateOf(state, withEdits(parent.prompt, [edit]));
    const seen = foresight.edits[at];
    if (!candidate || !seen) return [];
    const after = rolloutsOf(state, candidate.id, 'train');
    const pair = pairRows(before, after, [...after.keys()], primary);
    return pair ? [scored([seen], pair)] : [];
  });
  if (trial.candidateId === undefined) return alone;
  const kept = editsBetween(parent.prompt, candidateNamed(state, trial.candidateId).prompt);
  const texts = new Set(kept.map(describeEdit));
  const raced = foresight.edits.filter((_, at) => texts.has(describeEdit(edits[at] as Edit)));
  const pair = pairRows(
    rolloutsOf(state, parentId, 'validation'),
    rolloutsOf(state, trial.candidateId, 'validation'),
    rowsSpokenOf(kept, view),
    primary,
  );
  return pair && raced.length > 0 ? [...alone, scored(raced, pair)] : alone;
}

function rowsSpokenOf(edits: readonly Edit[], { validation }: SearchView): string[] {
  const affinity = affinityOver(validation);
  const spoken = validation.filter(row => edits.some(edit => affinity(edit, row) > 0));
  return (spoken.length > 0 ? spoken : validation).map(row => row.id);
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
