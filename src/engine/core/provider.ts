import type { LanguageModel, Price, ProviderListing } from './languageModel.ts';

/** Socket: a place that serves models. */
export interface Provider {
  /** The part of a model id before the colon: `openai`. */
  readonly name: string;
  /** What it offers; a failure is a sentence in `problem`, never a throw (but for cancelling). */
  list(signal?: AbortSignal): Promise<ProviderListing>;
  /** The model by the part of its id behind the colon. Nothing is sent yet. */
  model(name: string): LanguageModel;
  /** The listed price, or undefined: unknown is not free. */
  price(name: string): Price | undefined;
  /** What this provider may not be used for, as a sentence; absent where there is no limit. */
  readonly refineOnly?: string;
}

/** Finds the key that was entered for exactly this origin; undefined where there is none. */
export type KeyLookup = (provider: string, origin: string) => Promise<string | undefined>;
