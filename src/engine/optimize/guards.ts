import type { Example } from '../core/example.ts';
import { brokenContract } from '../core/outputContract.ts';
import { comparePlaceholders } from '../core/placeholders.ts';
import { samePrompt, type Prompt } from '../core/prompt.ts';
import type { RunState } from '../core/run.ts';
import { changeable } from './component.ts';
import { copiedWords, rowsBySpan, spansOf, type RowsWith } from './copies.ts';
import { withoutExamples } from './demonstration.ts';
import { brokenLock, locksOf, type Locks } from './locks.ts';
import type { OptimizeTask } from './task.ts';
import { roughTokens } from './words.ts';

/** Where a candidate comes from. */
export interface Birth {
  readonly parent: Prompt;
  /** Ids of the train rows that stand in it as examples, in their order; absent: none. */
  readonly examples?: readonly string[];
}

/**
 * The sentence why a prompt may not become a candidate; undefined where it may be tried. Every
 * candidate of a run but the original passes it before a call is paid for it.
 */
export type RefusalOf = (proposed: Prompt, birth: Birth) => string | undefined;

/** What a prompt is held against, made once for a run. */
interface GuardFacts {
  readonly original: Prompt;
  readonly locks: Locks;
  readonly train: ReadonlyMap<string, Example>;
  /** What the train rows want as answers. */
  readonly answers: readonly string[];
  /** Every row of the dataset: nothing of any of them may be learned by heart. */
  readonly rowsWith: RowsWith;
}

/** A wording that more rows than this share belongs to the task and not to a row. */
const sharedByRows = 3;

/** The guards of a run. */
export function guardsFor({ header, train, validation, test }: OptimizeTask): RefusalOf {
  const original = header.original.prompt;
  const facts: GuardFacts = {
    original,
    locks: locksOf(original, header.locked ?? [], changeable(header.settings)),
    train: new Map(train.map(example => [example.id, example])),
    answers: train.flatMap(({ expected }) => expected ?? []),
    rowsWith: rowsBySpan([...train, ...validation, ...test]),
  };
  return (proposed, birth) => refusal(proposed, birth, facts);
}

/** The sentence why a prompt needs no second try; undefined where it is new to the run. */
export function triedBefore(proposed: Prompt, { candidates }: RunState): string | undefined {
  return Object.values(candidates).some(each => samePrompt(each.prompt, proposed))
    ? 'The proposed prompt was tried before.'
    : undefined;
}

/** Rough tokens of both components. */
export function promptTokens(prompt: Prompt): number {
  return roughTokens(prompt.system) + roughTokens(prompt.output);
}

/**
 * The most tokens that a proposed prompt may have, by those of the original: four times as many,
 * but never less than 1,200 (a one-line original has to grow) nor more than 4,000. An original that
 * is itself longer may grow by a quarter.
 */
export function longestPrompt(originalTokens: number): number {
  const grown = Math.min(4000, Math.max(1200, 4 * originalTokens));
  return Math.max(grown, Math.ceil(1.25 * originalTokens));
}

function refusal(proposed: Prompt, birth: Birth, facts: GuardFacts): string | undefined {
  const examples = (birth.examples ?? []).flatMap(id => facts.train.get(id) ?? []);
  // Examples are data: what they look like is no placeholder and no answer form of the prompt.
  const own = examples.length === 0 ? proposed : withoutExamples(proposed, examples);
  if (!own || examples.length < (birth.examples ?? []).length) {
    return 'The proposed prompt does not hold its examples as they stand in the train rows.';
  }
  return (
    emptyPrompt(proposed) ??
    // Before all that reads it word by word: a reply may be of any length.
    tooLong(proposed, facts) ??
    changedPlaceholders(proposed, facts.original) ??
    brokenLock(proposed, facts.locks) ??
    changedContract(own, facts) ??
    copiesRow(proposed, birth.parent, examples, facts)
  );
}

function emptyPrompt({ system, output }: Prompt): string | undefined {
  return `${system}${output}`.trim() === '' ? 'The proposed prompt is empty.' : undefined;
}

function changedPlaceholders(proposed: Prompt, original: Prompt): string | undefined {
  // One text for both components: a placeholder may move from one to the other.
  const { lost, invented } = comparePlaceholders(joined(original), joined(proposed));
  if (lost.length > 0) return `The proposed prompt lost ${lost.join(', ')}.`;
  if (invented.length > 0) {
    return `The proposed prompt has ${invented.join(', ')}, which the original does not have.`;
  }
  return undefined;
}

/** What the dataset wants as an answer may come; what programs were promised may not go. */
function changedContract(proposed: Prompt, { original, answers }: GuardFacts): string | undefined {
  const [first] = brokenContract(joined(original), joined(proposed), {
    mayGo: () => false,
    mayCome: item =>
      answers.some(
        answer =>
          answer.trim().toLowerCase() === item.toLowerCase() || answer.includes(`"${item}"`),
      ),
  });
  return first;
}

function tooLong(proposed: Prompt, { original }: GuardFacts): string | undefined {
  const tokens = promptTokens(proposed);
  const limit = longestPrompt(promptTokens(original));
  if (tokens <= limit) return undefined;
  return `The proposed prompt is too long: about ${tokens} tokens, ${limit} are allowed.`;
}

/** An example of the prompt's own may stand in it, as far as no row that it is scored on says the same. */
function copiesRow(
  proposed: Prompt,
  parent: Prompt,
  examples: readonly Example[],
  { train, rowsWith }: GuardFacts,
): string | undefined {
  const known = spansOf(joined(parent));
  const shown = new Set(examples.map(example => example.id));
  for (const span of spansOf(joined(proposed))) {
    if (known.has(span)) continue;
    const rows = rowsWith(span, sharedByRows + 1);
    const isExample = rows.some(row => shown.has(row.id)) && rows.every(row => train.has(row.id));
    if (rows.length === 0 || rows.length > sharedByRows || isExample) continue;
    const [{ line }] = rows as [Example];
    // The row's place and not its words: this sentence may be told to the optimizer model.
    return `The proposed prompt copies ${copiedWords} or more words from a row (line ${line}) instead of stating a rule.`;
  }
  return undefined;
}

function joined({ system, output }: Prompt): string {
  return `${system}\n${output}`;
}
