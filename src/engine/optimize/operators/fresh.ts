import type { EditOperator } from './editOperator.ts';
import { readProposal } from './readProposal.ts';
import { requestFor } from './request.ts';

const how = `You are an expert prompt engineer. You improve a prompt that another language model, the task model, is given for every row of a dataset. The current prompt may lead the task model astray, and edits of it have not helped. You are shown it and rows with what was wanted.

How to work:
1. Take from the current prompt what the task is, the placeholders and the answer form, and nothing else: what it claims and what it forbids may be wrong.
2. Learn from the rows alone which rules lead to the wanted answers.
3. Write a new prompt from scratch: the task, these rules, the answer form.`;

/** Asks for a prompt that owes nothing to the current one: the way out of an original that misleads. */
export const writeAfresh: EditOperator = {
  name: 'fresh',
  request: brief => requestFor(how, brief),
  read: readProposal,
};
