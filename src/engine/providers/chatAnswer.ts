import { ProviderError } from '../core/errors.ts';
import type { ModelAnswer, ModelRequest } from '../core/languageModel.ts';
import type { Usage } from '../core/usage.ts';
import { unusable } from './brokenAnswers.ts';
import type { Asked } from './httpProblem.ts';
import { httpProblem, quotedPart, record } from './httpProblem.ts';
import { estimateRequestTokens, estimateTokens } from './tokens.ts';

/**
 * Reads a chat completion, whatever a server makes of that form. An answer without a text is a
 * `ProviderError` by name; a refusal and an answer cut by its length limit are answers.
 */
export function readChatAnswer(body: unknown, request: ModelRequest, asked: Asked): ModelAnswer {
  const answer = record(body) ?? {};
  throwErrorInside(answer, asked);
  const choices = Array.isArray(answer['choices']) ? answer['choices'].map(record) : [];
  const choice = choices.find(each => each?.['index'] === 0) ?? choices[0];
  if (!choice) throw unusable(`The answer of ${asked.place} has no choices.`);
  const message = record(choice['message']) ?? {};
  const { text, finish } = readText(message, choice['finish_reason'], asked.place);
  const model = answer['model'];
  return {
    text,
    finish,
    usage: readUsage(record(answer['usage']), request, text),
    model: typeof model === 'string' && model !== '' ? model : (asked.model ?? ''),
  };
}

function readText(
  message: Record<string, unknown>,
  reason: unknown,
  place: string,
): Pick<ModelAnswer, 'text' | 'finish'> {
  const text = contentText(message['content']);
  const refusal = message['refusal'];
  if (typeof refusal === 'string' && refusal !== '') return { text: refusal, finish: 'refused' };
  if (reason === 'content_filter') return { text, finish: 'refused' };
  if (reason === 'length') return { text, finish: 'cut' };
  if (text !== '') return { text, finish: 'stop' };
  if (message['tool_calls'] || message['function_call']) {
    throw unusable(`The model at ${place} called a tool instead of answering.`);
  }
  throw unusable(`The model at ${place} gave an empty answer.`);
}

/** The words of a message, also where a server sends them in parts; thinking is not among them. */
function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map(record)
    .filter(part => part?.['type'] === 'text' || part?.['type'] === 'output_text')
    .map(part => (typeof part?.['text'] === 'string' ? part['text'] : ''))
    .join('');
}

function throwErrorInside(answer: Record<string, unknown>, asked: Asked): void {
  const error = answer['error'];
  if (error === undefined || error === null) return;
  const code = Number(record(error)?.['code']);
  if (code >= 400 && code < 600) {
    const body = JSON.stringify({ error });
    throw httpProblem({ status: code, headers: new Headers(), body }, asked);
  }
  const message = record(error)?.['message'] ?? error;
  const words = typeof message === 'string' ? quotedPart(message) : 'no reason given';
  throw new ProviderError('broken-answer', `${asked.place} answered with an error: ${words}`, {
    scope: 'row',
  });
}

function readUsage(
  usage: Record<string, unknown> | undefined,
  request: ModelRequest,
  text: string,
): Usage {
  const inputTokens = usage?.['prompt_tokens'];
  const outputTokens = usage?.['completion_tokens'];
  if (isCount(inputTokens) && isCount(outputTokens)) {
    return { calls: 1, inputTokens, outputTokens, estimated: false };
  }
  return {
    calls: 1,
    inputTokens: estimateRequestTokens(request),
    outputTokens: estimateTokens(text),
    estimated: true,
  };
}

/** Whether a number can be a count of tokens; a billion is more than any context holds. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e9;
}
