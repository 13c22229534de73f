import type { ModelAnswer } from './languageModel.ts';

/**
 * Socket: what a run has paid for. An answer is on the disk before anything uses it, so that a
 * crash loses at most the calls in flight, and a resumed run asks for none of the rest again.
 */
export interface CallRecord {
  /** The recorded answer to a request, by the hash of the request. */
  find(key: string): ModelAnswer | undefined;
  /** Says that a request is about to be sent; a kill of this process does not undo it. */
  intend(key: string): void;
  /** Resolves when the answer is on the disk. */
  settle(key: string, answer: ModelAnswer): Promise<void>;
}
