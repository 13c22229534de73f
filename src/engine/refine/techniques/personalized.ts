import type { Technique } from './technique.ts';

/**
 * Asks up to three questions (audience, tone, domain, constraints), then writes with the answers.
 * For prompts that say too little for anybody to improve them without guessing.
 */
export const personalized: Technique = {
  name: 'personalized',
  title: 'Personalized',
  description: 'Ask up to three questions about audience, tone, domain and limits, then write.',
  asksFirst: true,
  excludes: ['minimal-edit'],
  advice: () =>
    `Build the answers that the person gave to questions about the prompt into it: they are facts about audience, tone, domain and limits. State them in the prompt where they matter, in its own words, and do not go beyond them. A question without an answer stays open: do not guess.`,
};
