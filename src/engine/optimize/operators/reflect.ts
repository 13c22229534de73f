import type { EditOperator } from './editOperator.ts';
import { readProposal } from './readProposal.ts';
import { requestFor } from './request.ts';

const how = `You are an expert prompt engineer. You improve a prompt that another language model, the task model, is given for every row of a dataset. You are shown the current prompt and some rows: what the task model was given (input), what it answered (output), what was wanted (expected), and the verdict of the metric.

How to work:
1. Compare the failed rows with each other and with the passed rows that look like them. Find the causes that failures have in common: a rule that the prompt does not state, a rule that is too wide or too narrow, an unclear order of precedence, a missing or loose answer format.
2. Turn each cause into a short, general instruction that a person who has never seen these rows could follow. Give the condition and the exact wanted result. If the expected answers follow a convention (names of classes, spelling, units, length, no explanation), state that convention exactly.
3. Edit the current prompt as little as needed. Keep every line that works. Make a rule sharper rather than adding a second one beside it; remove a line that causes failures.`;

/** Shows failures beside look-alike passes and asks for the whole prompt, minimally edited. */
export const reflectOnFailures: EditOperator = {
  name: 'reflect',
  request: brief => requestFor(how, brief),
  read: readProposal,
};
