import type { ModelAnswer } from './languageModel.ts';

/** A whole answer that some run of the workspace has paid for. */
export interface CachedAnswer {
  /** Its usage says nothing of USD: the price is looked up when the answer is used. */
  readonly answer: ModelAnswer;
  /** The run that paid for it; empty where no run did. */
  readonly paidBy: string;
}

/**
 * Socket: the answers of a whole workspace, so that the same request is paid once, whichever run,
 * window or command line sends it. It may lose an answer at any time, but never gives a wrong one.
 * Nothing here throws: without its cache a run costs more, and goes on.
 */
export interface AnswerCache {
  /** What is kept under a request's digest, in hex. */
  find(key: string): Promise<CachedAnswer | undefined>;
  keep(key: string, answer: CachedAnswer): void;
  /** Entries that could not be trusted, found since this was last asked. */
  damage(): number;
  /** Resolves when the cache is within its bounds. */
  settled(): Promise<void>;
}
