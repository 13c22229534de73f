import type { Candidate } from '../core/candidate.ts';
import { CancelledError, ProviderError } from '../core/errors.ts';
import type { Foresight } from '../core/foresight.ts';
import type { ModelAnswer, ModelRequest } from '../core/languageModel.ts';
import { samePrompt, type Prompt } from '../core/prompt.ts';
import type { RunEvent } from '../core/run.ts';
import { joinedUsage, type Usage } from '../core/usage.ts';
import { bestProposal, siblings } from './foresight/chooseProposal.ts';
import { foresee, learnedSoFar } from './foresight/foresee.ts';
import { standingOf } from './foresight/metaModel.ts';
import { onlyChanging } from './component.ts';
import { triedBefore } from './guards.ts';
import type { EditOperator, Proposal } from './operators/editOperator.ts';
import { operatorNamed } from './operators/registry.ts';
import { usageWithoutAnswer } from './runRollout.ts';
import { candidateNamed, type SearchView } from './search.ts';
import { situationOf } from './situation.ts';
import type { Action } from './strategy.ts';
import type { OptimizeSockets } from './task.ts';

/** More than there are trials of a run, so that no two requests draw alike. */
const mostTrials = 1000;

type ProposeAction = Extract<Action, { type: 'propose' }>;

/**
 * One trial's beginning: `trial-start`, the optimizer model's answer as `proposal-end`, and, where
 * it holds no prompt or one that the guards refuse, `trial-skip` with the reason. Nothing has been
 * paid for a refused prompt but its proposal. Where the meta-model has shown that it can, it chooses
 * among several answers.
 */
export async function* propose(
  action: ProposeAction,
  sockets: OptimizeSockets,
  view: SearchView,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { type: _, focus: __, contrast: ___, ...begun } = action;
  const start = { ...begun, context: situationOf(view).context };
  const { number, parentId } = start;
  const operator = operatorNamed(action.operator);
  yield { type: 'trial-start', ...start };
  const learned = learnedSoFar(view);
  const standing = standingOf(learned);
  const count = view.settings.metaModel && standing.open ? siblings : 1;
  const settled = await Promise.allSettled(
    Array.from({ length: count }, (_, at) =>
      proposalFrom(operator, action, at, sockets, view, signal),
    ),
  );
  const answers = settled.flatMap(each => (each.status === 'fulfilled' ? each.value : []));
  const stopped = settled.find(each => each.status === 'rejected');
  if (stopped) {
    // What was paid before the stop belongs into the books.
    for (const { usage } of answers) yield { type: 'proposal-end', number, usage };
    throw stopped.reason;
  }
  const usage = answers.map(each => each.usage).reduce(joinedUsage);
  const paid = {
    type: 'proposal-end' as const,
    number,
    usage,
    ...(count > 1 ? { proposals: count } : {}),
    ...(view.settings.metaModel ? { metaModel: standing } : {}),
  };
  const usable = answers.flatMap(({ proposal }) => ('prompt' in proposal ? proposal : []));
  const [first] = usable;
  if (!first) {
    yield paid;
    const why = answers.flatMap(({ proposal }) => ('problem' in proposal ? proposal.problem : []));
    yield { type: 'trial-skip', number, why: why[0] ?? '' };
    return;
  }
  const candidateFrom = ({ prompt, rationale }: Usable): Candidate => ({
    id: sockets.candidateId(prompt),
    parents: [parentId],
    operator: operator.name,
    prompt,
    ...(rationale ? { rationale } : {}),
  });
  const prompts = usable.map(({ prompt }) => prompt);
  const best = prompts.length > 1 ? bestProposal(view, parentId, prompts, learned) : undefined;
  if (!best) {
    const candidate = candidateFrom(first);
    yield { ...paid, candidate, foresight: foresee(view, parentId, candidate, learned) };
    return;
  }
  const chosen = usable.find(({ prompt }) => samePrompt(prompt, best.prompt));
  const candidate = candidateFrom(chosen ?? { ...first, prompt: best.prompt });
  const foresight: Foresight = {
    proposalId: candidate.id,
    edits: best.edits,
    favoured: best.favoured,
  };
  yield { ...paid, candidate, foresight };
}

/**
 * One trial's beginning where the child is known already: nothing is asked and nothing paid. One that
 * the guards refuse ends it with `trial-skip`.
 */
export function* tryPrompt(
  action: Extract<Action, { type: 'try' }>,
  { candidateId }: OptimizeSockets,
  view: SearchView,
): Generator<RunEvent> {
  const { number, parentId, operator, prompt, examples, rationale, choice } = action;
  const { context } = situationOf(view);
  yield {
    type: 'trial-start',
    number,
    parentId,
    operator,
    context,
    ...(examples ? { shown: examples } : {}),
    ...(choice ? { choice } : {}),
  };
  const parent = candidateNamed(view.state, parentId).prompt;
  const birth = { parent, ...(examples ? { examples } : {}) };
  const why = triedBefore(prompt, view.state) ?? view.refusalOf(prompt, birth);
  if (why !== undefined) {
    yield { type: 'trial-skip', number, why };
    return;
  }
  const candidate = { id: candidateId(prompt), prompt, parents: [parentId], operator, rationale };
  yield {
    type: 'proposal-end',
    number,
    usage: { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, estimated: false },
    candidate,
    foresight: foresee(view, parentId, candidate, learnedSoFar(view)),
  };
}

type Usable = Extract<Proposal, { prompt: Prompt }>;

/** Asks once; what the guards refuse is a problem like an answer without a prompt. */
async function proposalFrom(
  operator: EditOperator,
  { number, parentId, shown, focus, contrast = false }: ProposeAction,
  sibling: number,
  sockets: OptimizeSockets,
  view: SearchView,
  signal: AbortSignal | undefined,
): Promise<{ readonly proposal: Proposal; readonly usage: Usage }> {
  const parent = candidateNamed(view.state, parentId).prompt;
  const sample = sibling * mostTrials + number - 1;
  const about = { ...(focus === undefined ? {} : { focus }), contrast };
  const request = operator.request({ view, parent, parentId, shown, sample, ...about });
  const reply = await ask(request, sockets, signal);
  if ('problem' in reply) return { proposal: { problem: reply.problem }, usage: reply.usage };
  const { usage } = reply.answer;
  const read = operator.read(reply.answer, parent);
  if ('problem' in read) return { proposal: read, usage };
  const proposal = {
    ...read,
    prompt: onlyChanging(view.settings.component, parent, read.prompt),
  };
  const { prompt } = proposal;
  const why = triedBefore(prompt, view.state) ?? view.refusalOf(prompt, { parent });
  return { proposal: why === undefined ? proposal : { problem: why }, usage };
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
