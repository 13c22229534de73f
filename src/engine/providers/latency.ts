import type { LanguageModel } from '../core/languageModel.ts';

/** Says of each answer how long it took; `now` is a clock in milliseconds that never goes back. */
export function withLatency(model: LanguageModel, now: () => number): LanguageModel {
  return {
    ...model,
    generate: async (request, signal, onText) => {
      const begin = now();
      const answer = await model.generate(request, signal, onText);
      return { ...answer, milliseconds: Math.max(0, now() - begin) };
    },
  };
}
