import { fenced } from '../fence.ts';
import type { EditOperator } from './editOperator.ts';
import { readProposal } from './readProposal.ts';
import { requestFor } from './request.ts';

const how = `You are an expert prompt engineer. You improve a prompt that another language model, the task model, is given for every row of a dataset. One line of the current prompt is too wide: it fits rows on which it leads to a wrong answer. You are shown that line, rows that it speaks of and that failed, and rows that it speaks of and that passed.

How to work:
1. Find what the failed rows have that the passed ones lack, or the other way round.
2. Make the line as narrow as the rows demand: add the condition under which it holds, or the exception. If nothing tells the rows apart and most of them fail, take the line out.
3. Edit the current prompt as little as needed: change this line only.`;

/** Asks for the condition or the exception that one line which misfires is lacking. */
export const specialiseLine: EditOperator = {
  name: 'specialise',
  request: brief =>
    requestFor(how, brief, ['The line that is too wide:', fenced('line', brief.focus ?? '')]),
  read: readProposal,
};
