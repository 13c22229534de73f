import { GuardError } from '../core/errors.ts';
import type { LanguageModel, ModelAnswer } from '../core/languageModel.ts';
import type { Message } from '../core/prompt.ts';
import type { BrokenPromise, PromptPart } from '../core/refinement.ts';
import { readAnswer, type RefineAnswer } from './answer.ts';
import { brokenPromises } from './guards.ts';
import { repairMessages } from './instructions.ts';
import { partialRewrite } from './partialRewrite.ts';
import type { RewriteTask } from './rewriteTask.ts';
import { chainText, readSteps } from './techniques/chain.ts';

/** The model and how one candidate talks with it. */
export interface Desk {
  readonly model: LanguageModel;
  readonly signal?: AbortSignal | undefined;
  /** Number of the candidate, from 0. */
  readonly sample: number;
  /** Told the whole rewrite so far, without tags, whenever it has grown or begins anew. */
  readonly onText?: ((text: string) => void) | undefined;
}

/** An answer with its verdict. */
export interface Attempt {
  readonly messages: readonly Message[];
  readonly answer: ModelAnswer;
  readonly read: RefineAnswer;
  readonly parts: readonly PromptPart[];
  readonly problems: readonly BrokenPromise[];
}

/**
 * Asks for a rewrite, and once more where it broke a promise, naming what was broken. Answers all
 * attempts, the one that counts last; its `problems` are empty where it may be used.
 */
export async function attempts(
  task: RewriteTask,
  messages: readonly Message[],
  desk: Desk,
): Promise<readonly [Attempt, ...Attempt[]]> {
  const first = await ask(task, messages, desk);
  if (first.problems.length === 0) return [first];
  const sentences = first.problems.map(problem => problem.message);
  const repair = repairMessages(messages, first.answer.text, sentences, task.tags);
  return [first, await ask(task, repair, desk)];
}

async function ask(
  task: RewriteTask,
  messages: readonly Message[],
  { model, signal, sample, onText }: Desk,
): Promise<Attempt> {
  const tell =
    onText &&
    ((text: string): void => {
      if (!signal?.aborted) onText(partialRewrite(text, task));
    });
  const request = { messages, role: 'optimizer', ...(sample > 0 ? { sample } : {}) } as const;
  const answer = await model.generate(request, signal, tell);
  // Once at least, for models that do not stream.
  tell?.(answer.text);
  if (answer.finish === 'refused') {
    throw new GuardError(
      `${answer.model} declined to rewrite this prompt, so nothing was changed. Choose another model, or change the prompt.`,
    );
  }
  const { read, parts } = readRewrite(answer.text, task);
  const problems = brokenPromises({
    before: task.sealed.text,
    after: read.text,
    wishes: task.wishes,
    cut: answer.finish === 'cut' || read.open === true,
    seals: task.sealed.seals,
    sections: task.sealed.sections,
    techniques: task.techniques,
    values: task.request.values ?? [],
    editBudget: task.editBudget,
  });
  return { messages, answer, read, parts, problems };
}

function readRewrite(
  answer: string,
  { tags, techniques }: RewriteTask,
): { readonly read: RefineAnswer; readonly parts: readonly PromptPart[] } {
  const read = readAnswer(answer, tags);
  if (read.text === undefined || !techniques.some(each => each.splits)) return { read, parts: [] };
  const parts = readSteps(read.text, tags);
  return parts.length === 0
    ? { read, parts }
    : { read: { ...read, text: chainText(parts) }, parts };
}
