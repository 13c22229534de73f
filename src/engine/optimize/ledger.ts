import type { Prompt } from '../core/prompt.ts';
import type { TrialState } from '../core/run.ts';
import { fenced } from './fence.ts';
import { candidateNamed, type SearchView } from './search.ts';
import { clipMiddle } from './words.ts';

/** Refused edits that are told to the optimizer model; older ones are forgotten. */
const remembered = 8;
/** Length of one edit in the ledger, in rough tokens. */
const editTokens = 80;

/**
 * What was tried and not kept, newest last, each with what it was measured to do, so that the
 * optimizer model does not propose it again. Empty where nothing was refused yet.
 */
export function refusedEdits({ state }: SearchView): string {
  const refused = state.trials
    .flatMap(trial => describe(trial, id => candidateNamed(state, id).prompt))
    .slice(-remembered);
  return refused.map(edit => fenced('edit', edit)).join('\n');
}

function describe(trial: TrialState, promptOf: (id: string) => Prompt): string[] {
  if (trial.status === 'skipped') return [trial.why];
  if (trial.status !== 'decided' || trial.accepted) return [];
  const change = lineChanges(promptOf(trial.parentId), promptOf(trial.candidateId));
  return [`${clipMiddle(change, editTokens)}\nEffect: ${trial.reason}`];
}

/** Lines that came (`+`) and went (`-`) between two prompts, without their order. */
function lineChanges(before: Prompt, after: Prompt): string {
  const old = linesOf(before);
  const now = linesOf(after);
  const removed = old.filter(line => !now.includes(line)).map(line => `- ${line}`);
  const added = now.filter(line => !old.includes(line)).map(line => `+ ${line}`);
  return [...removed, ...added].join('\n');
}

function linesOf({ system, output }: Prompt): string[] {
  return `${system}\n${output}`
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}
