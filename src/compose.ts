import type { Engine, KeyLookup, Provider, RunSettings } from './engine/index.ts';

/** What a person has set; every model id is `provider:model`. */
export interface EngineSettings {
  readonly taskModel?: string;
  readonly optimizerModel?: string;
  /** Model of one-shot refinements; the optimizer model where absent. */
  readonly refineModel?: string;
  readonly openaiBaseUrl?: string;
  readonly vertexProject?: string;
  readonly vertexLocation?: string;
  readonly run?: Partial<RunSettings>;
}

/** What a face hands to the engine. */
export interface ComposeOptions {
  /** Workspace folder, absolute: `.prompts` lives below it. */
  readonly folder: string;
  readonly settings: EngineSettings;
  readonly keyFor: KeyLookup;
  /** Providers beyond the built-in ones, such as VS Code's own models. */
  readonly providers?: readonly Provider[];
}

/** The one place where providers, metrics, files and executor meet the engine. */
export function compose(_options: ComposeOptions): Engine {
  throw new Error('Being written by the lead; the signature is final.');
}
