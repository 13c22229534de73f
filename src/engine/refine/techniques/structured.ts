import type { Technique } from './technique.ts';

/**
 * Puts what a prompt says under six headings: role, task, context, constraints, output format,
 * examples. For long prompts that grew over time.
 */
export const structured: Technique = {
  name: 'structured',
  title: 'Structured rewrite',
  description: 'Order the prompt as role, task, context, constraints, output format and examples.',
  excludes: ['minimal-edit'],
  advice: () =>
    `Give the prompt a structure, with these parts in this order, each under a short heading in the prompt's own language and markup: role (who the model is), task (what it has to do), context (what it is given; placeholders of the input belong here), constraints (what it must and must not do), output format (what the answer looks like), examples. Leave out every part for which the prompt says nothing: do not invent a role, a constraint or an example to fill a heading. Every statement of the prompt belongs to exactly one part.`,
};
