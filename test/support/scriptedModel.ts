import type {
  LanguageModel,
  ModelAnswer,
  ModelRequest,
} from '../../src/engine/core/languageModel.ts';

/** What a scripted model answers: a text, an answer with its own facts, or an error to throw. */
export type Reply = string | Partial<ModelAnswer> | Error;

/** A model that answers from a script and remembers what it was asked. */
export interface ScriptedModel extends LanguageModel {
  readonly requests: ModelRequest[];
}

/**
 * Answers with the replies in turn (the last one again and again), or with what the function says.
 * Usage is counted at a token for four characters and a price of a millionth of a dollar.
 */
export function scriptedModel(
  script: readonly Reply[] | ((request: ModelRequest, call: number) => Reply | Promise<Reply>),
  id = 'scripted:model',
): ScriptedModel {
  const requests: ModelRequest[] = [];
  return {
    id,
    requests,
    async generate(request) {
      requests.push(request);
      const call = requests.length - 1;
      const reply =
        typeof script === 'function'
          ? await script(request, call)
          : (script[Math.min(call, script.length - 1)] ?? '');
      if (reply instanceof Error) throw reply;
      const answer = typeof reply === 'string' ? { text: reply } : reply;
      return { ...wholeAnswer(request, answer.text ?? '', id), ...answer };
    },
  };
}

/** All text of a request, its messages one after the other. */
export function textOf(request: ModelRequest): string {
  return request.messages.map(message => message.content).join('\n');
}

function wholeAnswer(request: ModelRequest, text: string, model: string): ModelAnswer {
  const inputTokens = Math.ceil(textOf(request).length / 4);
  const outputTokens = Math.ceil(text.length / 4);
  return {
    text,
    finish: 'stop',
    model,
    usage: {
      calls: 1,
      inputTokens,
      outputTokens,
      usd: (inputTokens + outputTokens) / 1e6,
      estimated: false,
    },
  };
}
