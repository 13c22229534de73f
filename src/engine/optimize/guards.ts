import type { Example } from '../core/example.ts';
import { comparePlaceholders } from '../core/placeholders.ts';
import { samePrompt, type Prompt } from '../core/prompt.ts';
import { roughTokens, wordsOf } from './words.ts';

/** What a proposed prompt is held against before it costs a call. */
export interface GuardFacts {
  readonly original: Prompt;
  readonly parent: Prompt;
  /** Every prompt that this run has tried. */
  readonly earlier: readonly Prompt[];
  /** Every row of the dataset: nothing of any of them may be learned by heart. */
  readonly examples: readonly Example[];
}

/** Consecutive words that make a copy. */
const copiedWords = 8;
/** A wording that more rows than this share belongs to the task and not to a row. */
const sharedByRows = 3;

/** The sentence why a proposed prompt is refused; undefined where it may be tried. */
export function refusalOf(proposed: Prompt, facts: GuardFacts): string | undefined {
  return (
    emptyPrompt(proposed) ??
    seenBefore(proposed, facts) ??
    changedPlaceholders(proposed, facts) ??
    tooLong(proposed, facts) ??
    copiesRow(proposed, facts)
  );
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

function emptyPrompt({ system, output }: Prompt): string | undefined {
  return `${system}${output}`.trim() === '' ? 'The proposed prompt is empty.' : undefined;
}

function seenBefore(proposed: Prompt, { earlier }: GuardFacts): string | undefined {
  return earlier.some(each => samePrompt(each, proposed))
    ? 'The proposed prompt was tried before.'
    : undefined;
}

function changedPlaceholders(proposed: Prompt, { parent }: GuardFacts): string | undefined {
  // One text for both components: a placeholder may move from one to the other.
  const { lost, invented } = comparePlaceholders(joined(parent), joined(proposed));
  if (lost.length > 0) return `The proposed prompt lost ${lost.join(', ')}.`;
  if (invented.length > 0) {
    return `The proposed prompt has ${invented.join(', ')}, which the current prompt does not have.`;
  }
  return undefined;
}

function tooLong(proposed: Prompt, { original }: GuardFacts): string | undefined {
  const tokens = promptTokens(proposed);
  const limit = longestPrompt(promptTokens(original));
  if (tokens <= limit) return undefined;
  return `The proposed prompt is too long: about ${tokens} tokens, ${limit} are allowed.`;
}

function copiesRow(proposed: Prompt, { parent, examples }: GuardFacts): string | undefined {
  const known = spansOf(joined(parent));
  const fresh = new Set([...spansOf(joined(proposed))].filter(span => !known.has(span)));
  if (fresh.size === 0) return undefined;
  const linesOf = new Map<string, Set<number>>();
  for (const example of examples) {
    for (const text of [...Object.values(example.inputs), example.expected ?? '']) {
      for (const span of spansOf(text)) {
        if (!fresh.has(span)) continue;
        linesOf.set(span, (linesOf.get(span) ?? new Set()).add(example.line));
      }
    }
  }
  for (const lines of linesOf.values()) {
    if (lines.size > sharedByRows) continue;
    // The row's place and not its words: this sentence may be told to the optimizer model.
    return `The proposed prompt copies ${copiedWords} or more words from a row (line ${[...lines][0]}) instead of stating a rule.`;
  }
  return undefined;
}

function spansOf(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  const spans = new Set<string>();
  for (let at = 0; at + copiedWords <= words.length; at++) {
    spans.add(words.slice(at, at + copiedWords).join(' '));
  }
  return spans;
}

function joined({ system, output }: Prompt): string {
  return `${system}\n${output}`;
}
