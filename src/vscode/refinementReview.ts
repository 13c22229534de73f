import type { LiteralAnchor, RefinementChange } from '../engine/index.ts';

/** A prompt inside of a literal that was found by the rules of its language. */
export interface LiteralPlace {
  readonly kind: 'literal';
  readonly anchor: LiteralAnchor;
  /** What the literal says as a whole, as its program reads it. */
  readonly whole: string;
  /** Its interpolations as they are spelled, each once. */
  readonly values?: readonly string[];
  /** The prompt in `whole`: UTF-16 offsets, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** Characters of a document that stand for themselves, such as a selection in prose. */
export interface SpanPlace {
  readonly kind: 'span';
  /** UTF-16 offset in the document. */
  readonly start: number;
  /** The text exactly as it stands there. */
  readonly text: string;
}

/** Where a prompt stands in a document, and how its text is written there. */
export interface PromptSource {
  /** The document, as a URI. */
  readonly document: string;
  readonly languageId: string;
  readonly place: LiteralPlace | SpanPlace;
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
  /** The same with the changes that were accepted one by one; `before` where none was. */
  readonly kept?: string;
  /** The refined text, with what the person changed in it. */
  readonly after: string;
  readonly changes: readonly RefinementChange[];
  readonly model: string;
  /** Sentences about how the text came about. */
  readonly notes?: readonly string[];
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

const entry = 'promptRefiner.openReviews';

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
