import type { Message } from './prompt.ts';
import type { Role, Usage } from './usage.ts';

/** One request to a model. */
export interface ModelRequest {
  readonly messages: readonly Message[];
  readonly role: Role;
  readonly temperature?: number;
  /** Upper limit of the answer, in tokens. */
  readonly maxTokens?: number;
  /** Seed for providers that take one. */
  readonly seed?: number;
  /** Number of this draw among otherwise equal requests, from 0; part of the request's identity. */
  readonly sample?: number;
}

/** One whole answer. `finish` is `cut` where the length limit ended it. */
export interface ModelAnswer {
  readonly text: string;
  readonly usage: Usage;
  readonly finish: 'stop' | 'cut' | 'refused';
  /** How long it took from sending to the last character, without retries; absent where unknown. */
  readonly milliseconds?: number;
  /** Model name that the provider reported, or the one that was asked. */
  readonly model: string;
}

/** Listens to an answer while it grows. */
export type OnText = (textSoFar: string) => void;

/** Socket: anything that turns messages into text. Errors are `ProviderError`s. */
export interface LanguageModel {
  /** `provider:model`, as in settings. */
  readonly id: string;
  /** Scheme, host and port that serve it; two servers may call different models by one name. */
  readonly origin?: string;
  /** All of the address that decides who answers, path and region included; it may hold secrets. */
  readonly endpoint?: string;
  /**
   * `onText` is told the whole text of the answer so far, whenever it has grown; after a retry it
   * begins anew, so a reader replaces what it showed. A model that cannot stream never calls it.
   */
  generate(request: ModelRequest, signal?: AbortSignal, onText?: OnText): Promise<ModelAnswer>;
}

/** USD per token; absent where the model's price is not listed: unknown is not free. */
export interface Price {
  readonly inputUsd: number;
  readonly outputUsd: number;
}

/** A model that a person can choose. */
export interface ModelListing {
  /** `provider:model`. */
  readonly id: string;
  readonly provider: string;
  /** Where it is served, for people: "OpenAI", "http://127.0.0.1:11434/v1", "built in". */
  readonly origin: string;
  readonly price?: Price;
  /** ISO date on which the server says it stops serving the model. */
  readonly shutdownDate?: string;
  /** Whether this is a simulation and not a language model. */
  readonly simulated?: boolean;
}

/** What a provider offers, or the sentence that says why it offers nothing now. */
export interface ProviderListing {
  readonly provider: string;
  readonly models: readonly ModelListing[];
  readonly problem?: string;
}
