import { changedWords } from '../changedWords.ts';
import type { Technique } from './technique.ts';

/** Share of the words that a minimal edit may touch where nobody says otherwise. */
export const usualEditBudget = 0.2;

// One sentence can always be changed, also in a prompt of one line.
const fewestWords = 8;

/**
 * As few edits as possible, within a budget: the share of words that are taken out or put in.
 * Counted by code. The default for a prompt that has scored versions: what was measured should
 * stay recognizable.
 */
export const minimalEdit: Technique = {
  name: 'minimal-edit',
  title: 'Minimal edit',
  description: 'Change as few words as possible, within a budget that is checked.',
  excludes: ['structured', 'chain', 'personalized'],
  advice: ({ editBudget }) =>
    `Make a minimal edit. Change only what makes a model go wrong, and leave every other word, line break and mark exactly as it is. You may take out or put in ${Math.round(editBudget * 100)} % of the prompt's words at most; fewer is better. Prefer one precise edit to many small ones.`,
  broken: ({ before, after, editBudget = usualEditBudget }) => {
    const words = before.split(/\s+/).filter(Boolean).length;
    const allowed = Math.max(fewestWords, Math.floor(words * editBudget));
    if (changedWords(before, after ?? '', allowed) !== undefined) return [];
    return [
      `More than ${allowed} words were taken out or put in, which is the budget of this edit; change less.`,
    ];
  },
};
