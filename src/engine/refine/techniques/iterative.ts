import type { Technique } from './technique.ts';

/**
 * Draft, critique, rewrite: a critic who has not written the draft reads it against the original,
 * and it is rewritten until the critic finds nothing more or the rounds are used up. After
 * Self-Refine (Madaan et al. 2023). Costs two calls for each round.
 */
export const iterative: Technique = {
  name: 'iterative',
  title: 'Iterative refinement',
  description: 'Draft, have a critic read it, rewrite; until nothing is found or the rounds end.',
  critique: true,
  advice: () =>
    `Write a draft that can stand on its own: a critic will read it beside the original and name what was lost, what is still unclear and what contradicts itself.`,
};
