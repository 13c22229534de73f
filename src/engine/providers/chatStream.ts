import type { OnText } from '../core/languageModel.ts';
import { brokenOff, unusable } from './brokenAnswers.ts';
import { parseJson, record } from './httpProblem.ts';
import { eventReader } from './serverEvents.ts';
import type { Timeouts, Watch } from './watch.ts';

/** What reading a streamed answer needs to know of its request. */
export interface StreamFacts {
  readonly place: string;
  readonly limits: Timeouts;
  readonly watch: Watch;
  readonly onText: OnText;
}

/**
 * Reads a streamed chat completion and answers the same completion in one piece, so that one reader
 * judges both. Only a piece of the answer resets the clock, a comment does not. Whole is what ended
 * with `[DONE]` or gave a `finish_reason`; anything else broke off and may be asked for again.
 */
export async function readChatStream(
  body: AsyncIterable<Uint8Array>,
  { place, limits, watch, onText }: StreamFacts,
): Promise<unknown> {
  const reader = eventReader(place);
  const completion = openCompletion(place, onText);
  let size = 0;
  try {
    for await (const bytes of body) {
      size += bytes.byteLength;
      // Every token comes in an envelope of its own, a hundred times its size.
      if (size > limits.answerBytes * envelope) {
        throw unusable(`The answer of ${place} is larger than ${limits.answerBytes} bytes.`);
      }
      for (const event of reader.read(bytes)) {
        watch.expect(limits.idleMs);
        completion.add(event);
      }
      if (completion.isDone()) return completion.body();
    }
    for (const event of reader.rest()) completion.add(event);
  } catch (error) {
    // The connection may break behind the last word.
    if (!completion.hasReason()) throw error;
  }
  if (!completion.isDone() && !completion.hasReason()) throw brokenOff(place);
  return completion.body();
}

const envelope = 100;

interface Completion {
  add(event: string): void;
  /** Whether nothing more is to come. */
  isDone(): boolean;
  /** Whether the model said why it ended. */
  hasReason(): boolean;
  body(): unknown;
}

function openCompletion(place: string, onText: OnText): Completion {
  let isDone = false;
  let text = '';
  let refusal = '';
  let reason: unknown;
  let callsTool = false;
  let facts: Record<string, unknown> = {};

  const addChoice = (choice: Record<string, unknown>): void => {
    const delta = record(choice['delta']) ?? record(choice['message']) ?? {};
    if (typeof delta['content'] === 'string' && delta['content'] !== '') {
      text += delta['content'];
      onText(text);
    }
    if (typeof delta['refusal'] === 'string') refusal += delta['refusal'];
    if (delta['tool_calls'] || delta['function_call']) callsTool = true;
    reason = choice['finish_reason'] ?? reason;
  };

  return {
    add: event => {
      if (isDone) return;
      if (event.trim() === '[DONE]') {
        isDone = true;
        return;
      }
      const chunk = record(parseJson(event));
      if (!chunk) throw brokenOff(place);
      facts = { ...facts, ...withoutEmpty(chunk) };
      if (chunk['error']) isDone = true;
      const choices = Array.isArray(chunk['choices']) ? chunk['choices'].map(record) : [];
      const first = choices.find(each => (each?.['index'] ?? 0) === 0);
      if (first) addChoice(first);
    },
    isDone: () => isDone,
    hasReason: () => typeof reason === 'string',
    body: () => ({
      ...facts,
      choices: [
        {
          index: 0,
          finish_reason: reason ?? null,
          message: {
            content: text,
            ...(refusal === '' ? {} : { refusal }),
            ...(callsTool ? { tool_calls: [] } : {}),
          },
        },
      ],
    }),
  };
}

/** Later pieces repeat the names of earlier ones, some of them empty. */
function withoutEmpty(chunk: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(chunk).filter(
      ([, value]) => value !== null && value !== undefined && value !== '',
    ),
  );
}
