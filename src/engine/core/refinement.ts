import type { Usage } from './usage.ts';

/** A piece of a text: UTF-16 offsets, `end` exclusive. */
export interface Section {
  readonly start: number;
  readonly end: number;
}

/** A prompt to be improved once, without a dataset. */
export interface RefineRequest {
  readonly text: string;
  /** What the person wishes: "shorter", "answer in JSON". */
  readonly instruction?: string;
  /** The last result, where a person refines again; the new text builds on it. */
  readonly previous?: { readonly text: string; readonly instruction?: string };
  /** `provider:model`; the engine's default where absent. */
  readonly model?: string;
  /** Names of techniques, in the order in which the model reads them; absent: the plain rewrite. */
  readonly techniques?: readonly string[];
  /** Whether versions with scores exist: then an edit is minimal unless techniques are named. */
  readonly scored?: boolean;
  /** How many different rewrites are asked for at once, 1..5; 1 where absent. */
  readonly candidates?: number;
  /** Most rounds of critique of the iterative technique, 1..5; 3 where absent. */
  readonly rounds?: number;
  /** Share of the words that a minimal edit may touch, above 0 up to 1; 0.2 where absent. */
  readonly editBudget?: number;
  /** Sections of `text` that come back byte for byte. */
  readonly locked?: readonly Section[];
  /** What the person said to the questions of the personalized technique; blank ones count as skipped. */
  readonly answers?: readonly AnsweredQuestion[];
  /** Spellings that the host language alone knows as placeholders: `{a + b}` of an f-string. */
  readonly values?: readonly string[];
}

/** A question about audience, tone, domain or constraints, asked before the prompt is written. */
export interface RefineQuestion {
  readonly question: string;
  /** Why the answer matters; may be empty. */
  readonly why: string;
  /** Answers to choose from; may be empty. */
  readonly suggestions: readonly string[];
}

/** A question with the person's answer. */
export interface AnsweredQuestion {
  readonly question: string;
  readonly answer: string;
}

/** What the first step of the personalized technique answers: three questions at most, or none. */
export interface RefineQuestions {
  readonly questions: readonly RefineQuestion[];
  readonly model: string;
  readonly usage: Usage;
}

/** One change and its reason, in the model's words. */
export interface RefinementChange {
  readonly what: string;
  readonly why: string;
}

/** A promise that a rewrite broke: the guard's name, and a sentence for model and person. */
export interface BrokenPromise {
  readonly guard: string;
  readonly message: string;
}

/** Tokens of the text before and after; estimates where no tokenizer was handed in. */
export interface TokenChange {
  readonly before: number;
  readonly after: number;
  readonly estimated: boolean;
}

/** One prompt of a chain. */
export interface PromptPart {
  readonly title: string;
  readonly text: string;
}

/** One rewrite, with its reasons. Only one without `refused` may be put into a file. */
export interface RefinementCandidate {
  readonly text: string;
  readonly changes: readonly RefinementChange[];
  readonly tokens: TokenChange;
  /** Names of the guards that refused it, with the reasons; absent where it passed them all. */
  readonly refused?: readonly BrokenPromise[];
  /** The prompts of a chain, where one was asked for and made. */
  readonly parts?: readonly PromptPart[];
  /** The locked sections by their place in `text`. */
  readonly locked?: readonly Section[];
}

/** One-shot improvement of a text. `after` has passed the guards. */
export interface Refinement {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly RefinementChange[];
  readonly model: string;
  readonly usage: Usage;
  /** Every rewrite, the one in `after` first, refused ones last. */
  readonly candidates: readonly RefinementCandidate[];
  /** Sentences about candidates that were asked for and did not come. */
  readonly notes: readonly string[];
}
