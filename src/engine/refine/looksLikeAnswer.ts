import { withoutMarks } from '../core/marks.ts';

// Openings of a reply to a person. Prompts seldom begin so; one that does is not held against it.
const replyOpening =
  /^(?:sure|certainly|of course|absolutely|i'?m sorry|i am sorry|i apologi[sz]e|i can(?:not|'t)|as an ai|here(?: i|')s (?:the|your|an?|my) (?:draft|summary|answer|translation|reply|response|refined|improved|rewritten|revised|updated)|here are (?:the|your|some) (?:ideas|options|answers|suggestions))\b/i;

const longPrompt = 300;
const smallestShare = 0.12;
const fewestWords = 8;
const smallestOverlap = 0.1;

/** Whether a text opens like a reply to a person, which the prompt did not. Holds for every wish. */
export function opensLikeReply(before: string, after: string): string[] {
  const opens = replyOpening.test(after.trim()) && !replyOpening.test(before.trim());
  return opens ? [sentence] : [];
}

const sentence = 'The text reads like an answer to the prompt and not like a rewrite of it.';

/**
 * Whether a text reads like an answer to the prompt and not like a rewrite of it. A rough check
 * with three signs, each chosen to be rare in real rewrites: it opens like a reply; it keeps
 * less than 12 % of the length of a prompt of 300 characters or more; it shares less than 10 %
 * of the words (of four letters or more, where there are eight or more of them).
 */
export function looksLikeAnswer(before: string, after: string): string[] {
  const shrank = before.length >= longPrompt && after.length < before.length * smallestShare;
  if (!shrank && sharesWords(before, after)) return opensLikeReply(before, after);
  return [sentence];
}

function sharesWords(before: string, after: string): boolean {
  const words = wordsOf(before);
  if (words.size < fewestWords) return true;
  const kept = wordsOf(after);
  const shared = [...words].filter(word => kept.has(word)).length;
  return shared >= words.size * smallestOverlap;
}

/** The words of a text without its placeholders: an answer may hold those, too. */
function wordsOf(text: string): Set<string> {
  return new Set(
    withoutMarks(text)
      .toLowerCase()
      .match(/\p{L}{4,}/gu) ?? [],
  );
}
