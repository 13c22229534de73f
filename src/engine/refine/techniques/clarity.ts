import type { Technique } from './technique.ts';

/**
 * Says the same more clearly: one meaning per sentence, in the order in which a model needs it.
 * For prompts that are right in substance and hard to follow.
 */
export const clarity: Technique = {
  name: 'clarity',
  title: 'Clarity',
  description: 'Say the same so that it can be read in one way only.',
  advice: () =>
    `Rewrite for clarity. Give every sentence one meaning and one instruction. Name the thing itself where the prompt says "it", "this" or "the above". Replace vague words ("good", "short", "some", "appropriate") with what the prompt shows that they mean; where it does not show it, leave them. Where two rules contradict each other, keep both only if you can say when each holds, as the prompt implies it.`,
};
