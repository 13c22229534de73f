import type {
  LanguageModel,
  ModelAnswer,
  ModelRequest,
} from '../../../src/engine/core/languageModel.ts';

/** A model made of one function, for the layers around models. */
export function aModel(
  answer: (request: ModelRequest, signal?: AbortSignal) => ModelAnswer | Promise<ModelAnswer>,
): LanguageModel {
  return {
    id: 'test:model',
    origin: 'http://test',
    generate: async (request, signal) => answer(request, signal),
  };
}

/** An answer of ten input tokens and five output tokens. */
export function answering(text: string, usage: Partial<ModelAnswer['usage']> = {}): ModelAnswer {
  return {
    text,
    finish: 'stop',
    model: 'model',
    usage: { calls: 1, inputTokens: 10, outputTokens: 5, estimated: false, ...usage },
  };
}
