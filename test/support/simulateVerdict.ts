import { roughTokens } from '../../src/engine/optimize/words.ts';

/**
 * The verdict of a judge that knows one thing: whether an answer is the expected one, word for word.
 * Between two it prefers the one that is; where none or both are, the first one, as judges do. An
 * answer that says "mumble" it answers with something that is no verdict.
 */
export function simulateVerdict(messages: readonly { readonly content: string }[]) {
  const asked = messages.map(({ content }) => content).join('\n');
  const between = (tag: string): string | undefined =>
    new RegExp(`<${tag}>\\n([^]*?)\\n</${tag}>`, 'u').exec(asked)?.[1];
  const isRight = (answer: string | undefined): boolean => answer === between('expected');
  const answer = between('answer');
  const [a, b] = [between('answer_a'), between('answer_b')];
  const verdict =
    answer === undefined
      ? { reason: 'One is the expected one.', better: isRight(b) && !isRight(a) ? 'b' : 'a' }
      : { reason: 'Held against the expected one.', score: isRight(answer) ? 5 : 1 };
  const text = answer?.includes('mumble') ? 'Hm.' : JSON.stringify(verdict);
  return {
    text,
    finish: 'stop' as const,
    usage: { inputTokens: roughTokens(asked), outputTokens: roughTokens(text) },
  };
}
