import type { EditOperator } from './editOperator.ts';
import { readProposal } from './readProposal.ts';
import { requestFor } from './request.ts';

const how = `You are an expert prompt engineer. You improve a prompt that another language model, the task model, is given for every row of a dataset. Many of its answers do not have the form that is wanted, whatever they say. You are shown the current prompt, rows whose answer has another form than the others, and rows whose answer has the right one.

How to work:
1. Compare the form of the failed answers with the form of the passed ones: brackets, labels, spelling, units, length, explanations, fences.
2. Say in the prompt, exactly and once, what form an answer has; give an example of the form that is of no row.
3. Change only how the answer is written. Leave every rule about what the answer is as it stands. Where there is an output prompt, that is the place for it.`;

/** Asks for a clear answer form and for nothing else. */
export const askForForm: EditOperator = {
  name: 'output',
  request: brief => requestFor(how, brief),
  read: readProposal,
};
