import type { Candidate } from '../core/candidate.ts';
import { CancelledError, ProviderError } from '../core/errors.ts';
import type { ModelAnswer, ModelRequest } from '../core/languageModel.ts';
import type { RunEvent } from '../core/run.ts';
import type { Usage } from '../core/usage.ts';
import { refusalOf } from './guards.ts';
import type { EditOperator } from './operators/editOperator.ts';
import { reflectOnFailures } from './operators/reflect.ts';
import { usageWithoutAnswer } from './runRollout.ts';
import { candidateNamed, type SearchView } from './search.ts';
import type { Action } from './strategy.ts';
import type { OptimizeSockets, OptimizeTask } from './task.ts';

const operators: Readonly<Record<string, EditOperator>> = {
  [reflectOnFailures.name]: reflectOnFailures,
};

/**
 * One trial's beginning: `trial-start`, the optimizer model's answer as `proposal-end`, and, where
 * it holds no prompt or one that the guards refuse, `trial-skip` with the reason. Nothing has been
 * paid for a refused prompt but its proposal.
 */
export async function* propose(
  action: Extract<Action, { type: 'propose' }>,
  task: OptimizeTask,
  sockets: OptimizeSockets,
  view: SearchView,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { type: _, ...start } = action;
  const { number, parentId, shown } = start;
  const operator = operators[action.operator];
  if (!operator) throw new Error(`No edit operator is called ${action.operator}.`);
  yield { type: 'trial-start', ...start };
  const parent = candidateNamed(view.state, parentId).prompt;
  const request = operator.request({ view, parent, parentId, shown, trial: number });
  const reply = await ask(request, sockets, signal);
  if ('problem' in reply) {
    yield { type: 'proposal-end', number, usage: reply.usage };
    yield { type: 'trial-skip', number, why: reply.problem };
    return;
  }
  const { usage } = reply.answer;
  const proposal = operator.read(reply.answer, parent);
  const why =
    'problem' in proposal
      ? proposal.problem
      : refusalOf(proposal.prompt, {
          original: task.header.original.prompt,
          parent,
          earlier: Object.values(view.state.candidates).map(candidate => candidate.prompt),
          examples: [...task.train, ...task.validation, ...task.test],
        });
  if ('problem' in proposal || why !== undefined) {
    yield { type: 'proposal-end', number, usage };
    yield { type: 'trial-skip', number, why: why ?? '' };
    return;
  }
  const candidate: Candidate = {
    id: sockets.candidateId(proposal.prompt),
    parents: [parentId],
    operator: operator.name,
    ...proposal,
  };
  yield { type: 'proposal-end', number, usage, candidate };
}

/** One trial's beginning where the child is known already: nothing is asked and nothing paid. */
export function* tryPrompt(
  { number, parentId, operator, prompt, rationale }: Extract<Action, { type: 'try' }>,
  { candidateId }: OptimizeSockets,
): Generator<RunEvent> {
  yield { type: 'trial-start', number, parentId, operator };
  yield {
    type: 'proposal-end',
    number,
    usage: { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, estimated: false },
    candidate: { id: candidateId(prompt), prompt, parents: [parentId], operator, rationale },
  };
}

async function ask(
  request: ModelRequest,
  { optimizerModel }: OptimizeSockets,
  signal: AbortSignal | undefined,
): Promise<{ answer: ModelAnswer } | { problem: string; usage: Usage }> {
  if (signal?.aborted) throw new CancelledError();
  try {
    return { answer: await optimizerModel.generate(request, signal) };
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    if (!(error instanceof ProviderError) || error.scope === 'run') throw error;
    return { problem: error.message, usage: usageWithoutAnswer(error) };
  }
}
