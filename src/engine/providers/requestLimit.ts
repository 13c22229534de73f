import type { LanguageModel } from '../core/languageModel.ts';
import { stopIfCancelled } from './cancel.ts';

/**
 * Lets so many requests of a run be under way at the same time (1 or more), whichever of its models
 * they are for. A retry keeps its place while it waits; writing an answer down takes none.
 */
export function requestLimit(most: number): (model: LanguageModel) => LanguageModel {
  let free = most;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  const enter = (): Promise<void> | undefined => {
    if (free > 0) free -= 1;
    else return new Promise(resolve => waiting.push(resolve));
    return undefined;
  };
  return model => ({
    ...model,
    async generate(request, signal, onText) {
      await enter();
      try {
        // Whoever was cancelled in the queue has sent nothing, and must not seem to have.
        stopIfCancelled(signal);
        return await model.generate(request, signal, onText);
      } finally {
        leave();
      }
    },
  });
}

/**
 * Rows that are worked on for so many requests at the same time: while an answer goes to the disk
 * and is scored, another row's request is sent. One at a time stays one at a time.
 */
export function rowsFor(requests: number): number {
  return requests + Math.floor(requests / 4);
}
