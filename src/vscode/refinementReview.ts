import type { LocatedPrompt, RefinementChange } from '../engine/index.ts';

/** Where a prompt stands in a document, and how its text is written there. */
export interface PromptSource {
  /** The document, as a URI. */
  readonly document: string;
  /** UTF-16 offset of the text in the document. */
  readonly start: number;
  /** The text exactly as it stands there. */
  readonly text: string;
  /** What surrounds it, which decides what may be written there. */
  readonly kind: LocatedPrompt['kind'];
  readonly languageId: string;
  /** From 1. */
  readonly line: number;
  /** Name of the variable or heading that holds the prompt, where VS Code knows it. */
  readonly symbol?: string;
}

/** A refinement that waits for the person: plain JSON, so that a reload of the window keeps it. */
export interface RefinementReview {
  readonly id: string;
  readonly source: PromptSource;
  /** The prompt itself, `\n` between lines. */
  readonly before: string;
  readonly after: string;
  readonly changes: readonly RefinementChange[];
  readonly model: string;
  /** What the person wished in the last round. */
  readonly instruction?: string;
}

/** The open reviews of a window. */
export interface ReviewShelf {
  find(id: string): RefinementReview | undefined;
  all(): readonly RefinementReview[];
  put(review: RefinementReview): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The part of VS Code's `Memento` that the shelf needs. */
interface Memory {
  get<T>(key: string, fallback: T): T;
  update(key: string, value: unknown): Thenable<void>;
}

const entry = 'promptRefiner.reviews';

/** Keeps reviews in the workspace's memory: a refined text is paid for. */
export function reviewShelf(memory: Memory): ReviewShelf {
  let reviews = memory.get<readonly RefinementReview[]>(entry, []);
  const keep = async (next: readonly RefinementReview[]): Promise<void> => {
    reviews = next;
    await memory.update(entry, next);
  };
  return {
    find: id => reviews.find(review => review.id === id),
    all: () => reviews,
    put: review => keep([...reviews.filter(each => each.id !== review.id), review]),
    remove: id => keep(reviews.filter(each => each.id !== id)),
  };
}
