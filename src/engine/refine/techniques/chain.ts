import type { PromptPart } from '../../core/refinement.ts';
import type { Tags } from '../tags.ts';
import type { Technique } from './technique.ts';

/**
 * Splits one overloaded prompt into a chain of prompts that are sent one after the other in one
 * conversation, so that each has one task. Every placeholder stands in exactly the part that uses
 * it: the parts together hold what the prompt held.
 */
export const chain: Technique = {
  name: 'chain',
  title: 'Prompt chain',
  description: 'Split an overloaded prompt into a chain of prompts, and show the parts.',
  splits: true,
  excludes: ['minimal-edit'],
  advice: ({ tags }) =>
    `Split the prompt into a chain: prompts with one task each, sent one after the other in the same conversation, so that a later one sees the answers to the earlier ones. Two to five are usual; a prompt with one task is one step. Together the steps do exactly what the prompt does, and the last one gives the answer in the form that the prompt asks for. Put every placeholder into the step that needs it, as often in all steps together as it occurs in the prompt; refer to an earlier answer in words ("the list from your last answer"), never with a new placeholder. Inside <${tags.refinedPrompt}> write each step as <${tags.step}><${tags.title}>what it does, in a few words</${tags.title}>the text of the prompt</${tags.step}> and nothing between the steps.`,
};

/** The steps of a chain as they stand in an answer; empty where there is none. */
export function readSteps(text: string, tags: Tags): PromptPart[] {
  const step = new RegExp(`<\\s*${tags.step}\\s*>([^]*?)<\\s*/\\s*${tags.step}\\s*>`, 'gi');
  const title = new RegExp(`<\\s*${tags.title}\\s*>([^]*?)<\\s*/\\s*${tags.title}\\s*>`, 'i');
  return [...text.matchAll(step)].map((match, index) => {
    const inside = match[1] ?? '';
    const named = title.exec(inside)?.[1]?.replace(/\s+/g, ' ').trim();
    return { title: named || `Step ${index + 1}`, text: inside.replace(title, '').trim() };
  });
}

/** The chain as one text, for a diff and for those who send it at once. */
export function chainText(parts: readonly PromptPart[]): string {
  const [only] = parts;
  if (parts.length === 1 && only) return only.text;
  return parts
    .map(({ title, text }, index) => `Step ${index + 1}: ${title}\n\n${text}`)
    .join('\n\n');
}
