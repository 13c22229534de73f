import type { ModelAnswer } from './languageModel.ts';

/** A whole answer that some run of the workspace has paid for. */
export interface CachedAnswer {
  /** Its usage says nothing of USD: the price is looked up when the answer is used. */
  readonly answer: ModelAnswer;
  /** The run that paid for it; empty where no run did. */
  readonly paidBy: string;
}

/** The turn to ask for an answer that is not kept. */
export interface AskingTurn {
  /** Gives it back, once the answer is kept or will not be. */
  end(): void;
}

/**
 * Socket: the answers of a whole workspace, so that the same request is paid once, whichever run,
 * window or command line sends it. It may lose an answer at any time, but never gives a wrong one.
 * Nothing here throws: without its cache a run costs more, and goes on.
 */
export interface AnswerCache {
  /** What is kept under a request's digest, in hex. */
  find(key: string): Promise<CachedAnswer | undefined>;
  /**
   * The same, or the turn to ask for it: while somebody else has that, in this process or another
   * one, it waits for the answer. Who waited two minutes in vain asks too.
   *
   * @throws CancelledError when the signal aborts
   */
  findOrBegin(key: string, signal?: AbortSignal): Promise<CachedAnswer | AskingTurn>;
  keep(key: string, answer: CachedAnswer): void;
  /** Entries that could not be trusted, found since this was last asked. */
  damage(): number;
  /** Resolves when the cache is within its bounds. */
  settled(): Promise<void>;
}
