/**
 * Sockets for code that may hang or misbehave, and therefore runs on a thread or in a process that
 * can be ended. Errors are `ScoringError`s where one row is concerned, `RequestError`s where the
 * pattern, schema or file itself cannot be used.
 */
import type { ExampleMessage } from './example.ts';

/** A regular expression as JavaScript has it. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** Patterns and schemas of a person, each row with a limit of its own. */
export interface GuardedChecks {
  /** Whether the pattern is found in the text. */
  matches(pattern: Pattern, text: string, signal?: AbortSignal): Promise<boolean>;
  /** The text without any match of the patterns, one after the other. */
  without(patterns: readonly Pattern[], text: string, signal?: AbortSignal): Promise<string>;
  /**
   * What is wrong with a JSON value (as text) by a JSON schema (as text): a sentence for each
   * place, none where it fits.
   */
  schemaProblems(schema: string, json: string, signal?: AbortSignal): Promise<string[]>;
}

/** What code of the workspace is given to score. */
export interface ScoringRequest {
  readonly output: string;
  readonly row: {
    readonly inputs: Readonly<Record<string, string>>;
    readonly expected?: string;
    readonly references?: readonly string[];
    readonly labels?: readonly string[];
    readonly messages?: readonly ExampleMessage[];
    readonly context?: string;
    readonly line: number;
  };
}

/** Code of the workspace that scores. What it answers is read by the metric. */
export interface OutsideScorer {
  /** Whether it can be used at all; throws `RequestError`. Asked before anything is paid. */
  check(signal?: AbortSignal): Promise<void>;
  score(request: ScoringRequest, signal?: AbortSignal): Promise<unknown>;
}

/** Finds the code: a file that exports a function, or a command that reads JSON lines. */
export interface OutsideScorers {
  file(path: string): OutsideScorer;
  command(line: string): OutsideScorer;
}
