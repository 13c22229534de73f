import { comparePlaceholders } from '../core/placeholders.ts';
import { changedLanguage } from './language.ts';
import { looksLikeAnswer } from './looksLikeAnswer.ts';

/** What the guards look at: the text before and after, and what the person wished. */
export interface GuardedRewrite {
  readonly before: string;
  /** Absent where the answer held no rewritten prompt. */
  readonly after: string | undefined;
  /** Blank where the person said nothing. */
  readonly wishes: string;
  /** Whether the length limit ended the answer. */
  readonly cut: boolean;
}

/** The promises that a rewrite broke, each a sentence for model and person; empty where none. */
export function brokenPromises({ before, after, wishes, cut }: GuardedRewrite): string[] {
  if (cut) return ['The answer was cut off by the length limit before it was complete.'];
  if (after === undefined) {
    return ['The answer held no refined prompt: it may have answered the prompt instead.'];
  }
  if (after.trim() === '') return ['The refined prompt is empty.'];
  return [
    ...placeholderProblems(before, after, wishes),
    // A wish may ask for another language or for something very short.
    ...(wishes === '' ? looksLikeAnswer(before, after) : []),
    ...(wishes === '' ? changedLanguage(before, after) : []),
  ];
}

/** Lost and invented placeholders; those that the wish itself spells out are the person's own. */
function placeholderProblems(before: string, after: string, wishes: string): string[] {
  const { lost, invented } = comparePlaceholders(before, after);
  const unwished = (raw: string) => !wishes.includes(raw);
  return [
    ...counted(lost.filter(unwished)).map(
      each => `The placeholder ${each} is lost; it must be kept exactly as it is spelled.`,
    ),
    ...counted(invented.filter(unwished)).map(
      each =>
        `The placeholder ${each} is new; the prompt must not get placeholders that it did not have.`,
    ),
  ];
}

function counted(items: readonly string[]): string[] {
  return [...new Set(items)].map(item => {
    const times = items.filter(each => each === item).length;
    return times === 1 ? item : `${item} (${times} times)`;
  });
}
