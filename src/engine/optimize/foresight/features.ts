import type { Example } from '../../core/example.ts';
import type { Prompt } from '../../core/prompt.ts';
import { editsBetween, wordsOfEdit, type Edit } from '../edits/edit.ts';
import { unitsOf } from '../edits/units.ts';
import { lineageRollouts } from '../lineage.ts';
import { candidateNamed, isFailure, scoreOf, type SearchView } from '../search.ts';
import { roughTokens, wordsOf } from '../words.ts';

/** What each number of an edit is, in order; each lies about within −1..1. docs/action-log.md. */
export const featureNames = [
  'constant',
  'adds',
  'removes',
  'output',
  'added_length',
  'removed_length',
  'condition',
  'speaks_of_failures',
  'speaks_of_passes',
  'speaks_of_nothing',
  'names_answer',
  'added_agrees',
  'added_agrees_fully',
  'removed_agrees',
  'removed_agrees_fully',
  'would_fix',
  'would_break',
  'would_gain',
  'like_refused',
  'like_prompt',
  'parent_rate',
  'edits',
  'agreement',
] as const;

/** A word that more rows than this share does not tell rows apart. */
const telling = 0.3;
/** Share of words from which two edits say the same. */
const same = 0.5;
const conditions =
  /\b(?:if|when|unless|except|only|without|not|but|wenn|sonst|nur|si|sauf|sinon)\b/iu;

/** Answers the features of an edit of `parentId`; `all` edits of its proposal, `others` those of the proposals beside it. */
export type FeatureReader = (
  edit: Edit,
  all: readonly Edit[],
  others: readonly (readonly Edit[])[],
) => number[];

/** Reads features of edits of a parent, as the run stands. */
export function featuresFor(view: SearchView, parentId: string): FeatureReader {
  const { state, train, primary } = view;
  const parent = candidateNamed(state, parentId).prompt;
  const rollouts = lineageRollouts(state, parentId);
  const speaks = spokenOf(train);
  const answers = train.map(row => wordsOf(row.expected ?? ''));
  const failing = train.map(row => isFailure(rollouts.get(row.id), primary));
  const passing = train.map(row => scoreOf(rollouts.get(row.id), primary)?.value === 1);
  const refused = refusedEdits(view);
  const lines = linesOf(parent);
  const known = Math.max(1, count(failing) + count(passing));
  const parentRate = count(passing) / known;
  return (edit, all, others) => {
    const coming = spokenBy(edit.added ?? '');
    const going = spokenBy(edit.removed ?? '');
    const either = coming.any.map((spoken, at) => spoken || (going.any[at] ?? false));
    const fixed = failing.map(
      (fails, at) => fails && (isSaidOf(coming, at, true) || isSaidOf(going, at, false)),
    );
    const broken = passing.map(
      (passes, at) => passes && (isSaidOf(coming, at, false) || isSaidOf(going, at, true)),
    );
    const words = new Set(wordsOfEdit(edit));
    const saying = others.filter(edits =>
      edits.some(other => alike(words, new Set(wordsOfEdit(other))) >= same),
    );
    return [
      1,
      edit.removed === undefined ? 1 : 0,
      edit.added === undefined ? 1 : 0,
      edit.component === 'output' ? 1 : 0,
      lengthOf(edit.added),
      lengthOf(edit.removed),
      conditions.test(edit.added ?? '') ? 1 : 0,
      shareOf(failing, either),
      shareOf(passing, either),
      either.some(Boolean) ? 0 : 1,
      coming.namesAnswer ? 1 : 0,
      coming.namesAnswer ? agreement(coming.any, coming.named) : 0,
      coming.namesAnswer ? agreement(coming.full, coming.named) : 0,
      going.namesAnswer ? agreement(going.any, going.named) : 0,
      going.namesAnswer ? agreement(going.full, going.named) : 0,
      Math.tanh(count(fixed) / 3),
      Math.tanh(count(broken) / 3),
      Math.tanh((count(fixed) - count(broken)) / 3),
      Math.max(0, ...refused.map(other => alike(words, other))),
      Math.max(
        0,
        ...lines
          .filter(line => line !== edit.removed)
          .map(line => alike(words, new Set(wordsOf(line)))),
      ),
      parentRate,
      Math.min(1, all.length / 5),
      others.length === 0 ? 0 : saying.length / others.length,
    ];
  };

  function spokenBy(text: string) {
    const said = new Set(wordsOf(text));
    const named = answers.map(answer => answer.length > 0 && answer.every(word => said.has(word)));
    return { ...speaks(said), named, namesAnswer: named.some(Boolean) };
  }
}

interface Spoken {
  readonly full: readonly boolean[];
  readonly named: readonly boolean[];
  readonly namesAnswer: boolean;
}

/** Whether a text speaks of a row and names its expected answer (`right`), or another one. */
function isSaidOf({ full, named, namesAnswer }: Spoken, at: number, right: boolean): boolean {
  return namesAnswer && (full[at] ?? false) && named[at] === right;
}

/** Share of the rows of a kind that are spoken of. */
function shareOf(kind: readonly boolean[], spoken: readonly boolean[]): number {
  return count(kind.map((is, at) => is && (spoken[at] ?? false))) / Math.max(1, count(kind));
}

/** The mean of several edits' features: what stands for edits that were tried together. */
export function meanFeatures(each: readonly (readonly number[])[]): number[] {
  return featureNames.map(
    (_, at) =>
      each.reduce((sum, features) => sum + (features[at] ?? 0), 0) / Math.max(1, each.length),
  );
}

/**
 * Rows that a text speaks of: those that share a telling word with it (`any`), and those that have
 * more than half of its telling words (`full`).
 */
function spokenOf(train: readonly Example[]) {
  const words = train.map(row => new Set(Object.values(row.inputs).flatMap(wordsOf)));
  const rowsWith = new Map<string, number>();
  for (const row of words)
    for (const word of row) rowsWith.set(word, (rowsWith.get(word) ?? 0) + 1);
  return (said: ReadonlySet<string>): { any: boolean[]; full: boolean[] } => {
    const telltale = [...said].filter(word => {
      const rows = rowsWith.get(word) ?? 0;
      return rows === 1 || (rows > 0 && rows <= telling * train.length);
    });
    const shared = words.map(row => telltale.filter(word => row.has(word)).length);
    return {
      any: shared.map(number => number > 0),
      full: shared.map(number => number > 0 && number > telltale.length / 2),
    };
  };
}

/** Log-odds that a row spoken of wants the named answer, squashed into −1..1. */
function agreement(spoken: readonly boolean[], named: readonly boolean[]): number {
  const right = count(spoken.map((touched, at) => touched && (named[at] ?? false)));
  const wrong = count(spoken) - right;
  return Math.tanh(Math.log((right + 0.5) / (wrong + 0.5)) / 2);
}

function refusedEdits({ state }: SearchView): ReadonlySet<string>[] {
  return state.trials
    .flatMap(trial => {
      if (trial.status !== 'decided' || trial.accepted) return [];
      const before = candidateNamed(state, trial.parentId).prompt;
      return editsBetween(before, candidateNamed(state, trial.candidateId).prompt);
    })
    .slice(-24)
    .map(edit => new Set(wordsOfEdit(edit)));
}

function linesOf(prompt: Prompt): string[] {
  return [...unitsOf(prompt.system), ...unitsOf(prompt.output)].map(({ text }) => text);
}

function lengthOf(text = ''): number {
  return Math.min(1, Math.log1p(roughTokens(text)) / 5);
}

function alike(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const shared = [...left].filter(word => right.has(word)).length;
  const all = left.size + right.size - shared;
  return all === 0 ? 0 : shared / all;
}

function count(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}

/** Share of the failing train rows that an edit speaks of; 1 where it speaks of none. */
export function reachOf(features: readonly number[]): number {
  const at = (name: (typeof featureNames)[number]): number =>
    features[featureNames.indexOf(name)] ?? 0;
  return at('speaks_of_nothing') === 1 ? 1 : at('speaks_of_failures');
}
