import type { Technique } from './technique.ts';

/**
 * The same meaning in fewer words. Promises that the text did not become longer; a text that
 * cannot be shortened may come back as it was.
 */
export const shorten: Technique = {
  name: 'shorten',
  title: 'Shorten',
  description: 'Say the same in fewer words; nothing that a model acts on is lost.',
  advice: () =>
    `Make the prompt shorter at equal meaning. Remove politeness, repetition, and what a model does anyway. Merge rules that say the same. Keep every rule, condition, limit, example, number and name that can change an answer. Stop where the next cut would lose one of them. The result must not be longer than the prompt.`,
  broken: ({ before, after }) => {
    const [old, fresh] = [before.trim().length, (after ?? '').trim().length];
    if (fresh <= old) return [];
    return [
      `The refined prompt has ${fresh} characters and the prompt ${old}; it must not become longer.`,
    ];
  },
};
