import { GuardError, RequestError } from '../core/errors.ts';
import type { LanguageModel, ModelAnswer } from '../core/languageModel.ts';
import type { Message } from '../core/prompt.ts';
import type { RefineRequest, Refinement } from '../core/refinement.ts';
import type { Usage } from '../core/usage.ts';
import { readAnswer, type RefineAnswer } from './answer.ts';
import { brokenPromises } from './guards.ts';
import { refineMessages, repairMessages } from './instructions.ts';
import { tagsFor, type Tags } from './tags.ts';

/**
 * Improves a text once. The rewrite has passed the guards: placeholders kept, not empty, not cut,
 * not an answer, same language. A rewrite that breaks a promise gets one round of repair;
 * a second failure is a `GuardError` that names what was broken. White space around the text stays
 * as it was, so that the result fits where the text stood.
 */
export async function refine(
  request: RefineRequest,
  model: LanguageModel,
  signal?: AbortSignal,
): Promise<Refinement> {
  if (request.text.trim() === '') {
    throw new RequestError('There is no text to refine. Select the prompt and try again.');
  }
  const asked = withoutBlankWishes(request);
  const tags = tagsFor([asked.text, asked.previous?.text ?? '', wishesOf(asked)]);
  const messages = refineMessages({ ...asked, text: asked.text.trim() }, tags);

  const first = await ask(asked, messages, tags, model, signal);
  if (first.problems.length === 0) return refinementOf(asked, first, [first.answer]);

  const repair = repairMessages(messages, first.answer.text, first.problems, tags);
  const second = await ask(asked, repair, tags, model, signal);
  if (second.problems.length === 0) {
    return refinementOf(asked, second, [first.answer, second.answer]);
  }
  throw new GuardError(
    `${second.answer.model} gave no usable rewrite in two attempts, so nothing was changed. ${second.problems.join(' ')} Try again, or choose another model.`,
  );
}

interface Attempt {
  readonly answer: ModelAnswer;
  readonly read: RefineAnswer;
  readonly problems: readonly string[];
}

async function ask(
  request: RefineRequest,
  messages: readonly Message[],
  tags: Tags,
  model: LanguageModel,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const answer = await model.generate({ messages, role: 'optimizer' }, signal);
  if (answer.finish === 'refused') {
    throw new GuardError(
      `${answer.model} declined to rewrite this prompt, so nothing was changed. Choose another model, or change the prompt.`,
    );
  }
  const read = readAnswer(answer.text, tags);
  const problems = brokenPromises({
    before: request.text,
    after: read.text,
    wishes: wishesOf(request),
    cut: answer.finish === 'cut',
  });
  return { answer, read, problems };
}

function refinementOf(
  { text }: RefineRequest,
  { answer, read }: Attempt,
  answers: readonly ModelAnswer[],
): Refinement {
  const after = inTheSpaceOf(text, read.text ?? '');
  return {
    before: text,
    after,
    changes: after === text ? [] : read.changes,
    model: answer.model,
    usage: answers.map(each => each.usage).reduce(addUsages),
  };
}

function withoutBlankWishes({ instruction, previous, ...rest }: RefineRequest): RefineRequest {
  return {
    ...rest,
    ...(instruction?.trim() ? { instruction: instruction.trim() } : {}),
    ...(previous
      ? {
          previous: {
            text: previous.text,
            ...(previous.instruction?.trim() ? { instruction: previous.instruction.trim() } : {}),
          },
        }
      : {}),
  };
}

/** Every wish so far: an earlier one still holds when a person refines again. */
function wishesOf({ instruction, previous }: RefineRequest): string {
  return [previous?.instruction, instruction].filter(wish => wish !== undefined).join('\n');
}

function inTheSpaceOf(original: string, rewritten: string): string {
  const leading = /^\s*/.exec(original)?.[0] ?? '';
  const trailing = /\s*$/.exec(original)?.[0] ?? '';
  const lineEnds = original.includes('\r\n') && !/[^\r]\n/.test(original);
  const body = rewritten.trim().replace(/\r\n/g, '\n');
  return leading + (lineEnds ? body.replace(/\n/g, '\r\n') : body) + trailing;
}

/** The price of the sum is known only where every part's is. */
function addUsages(left: Usage, right: Usage): Usage {
  const usd = left.usd === undefined || right.usd === undefined ? undefined : left.usd + right.usd;
  const possiblyPaid = (left.possiblyPaid ?? 0) + (right.possiblyPaid ?? 0);
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    ...(usd === undefined ? {} : { usd }),
    estimated: left.estimated || right.estimated,
    ...(possiblyPaid > 0 ? { possiblyPaid } : {}),
  };
}
