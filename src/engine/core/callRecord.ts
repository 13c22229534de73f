import type { ModelAnswer } from './languageModel.ts';
import type { Amount } from './usage.ts';

/**
 * Socket: what a run has paid for. An answer is on the disk before anything uses it, so that a
 * crash loses at most the calls in flight, and a resumed run asks for none of the rest again.
 */
export interface CallRecord {
  /** The recorded answer to a request, by the hash of the request. */
  find(key: string): ModelAnswer | undefined;
  /**
   * Says that a request is about to be sent, and what it may cost at most. A kill of this process
   * does not undo it: until it is settled or has failed it counts as paid.
   */
  intend(key: string, most: Amount): void;
  /** Resolves when the answer is on the disk. */
  settle(key: string, answer: ModelAnswer): Promise<void>;
  /** Says that no answer came, and how often the request may have been billed all the same. */
  fail(key: string, possiblyPaid: number): void;
}
