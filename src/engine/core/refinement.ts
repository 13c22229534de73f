import type { Usage } from './usage.ts';

/** A prompt to be improved once, without a dataset. */
export interface RefineRequest {
  readonly text: string;
  /** What the person wishes: "shorter", "answer in JSON". */
  readonly instruction?: string;
  /** The last result, where a person refines again; the new text builds on it. */
  readonly previous?: { readonly text: string; readonly instruction?: string };
  /** `provider:model`; the engine's default where absent. */
  readonly model?: string;
}

/** One change and its reason, in the model's words. */
export interface RefinementChange {
  readonly what: string;
  readonly why: string;
}

/** One-shot improvement of a text. `after` has passed the guards. */
export interface Refinement {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly RefinementChange[];
  readonly model: string;
  readonly usage: Usage;
}
