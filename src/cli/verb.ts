import type { ExitCode } from './exitCodes.ts';

/** What a verb hands back: the same result for people and for programs. */
export interface VerbResult {
  readonly exitCode: ExitCode;
  /** For standard output. */
  readonly text: string;
  /** The fields of the one object that `--json` prints, beside `schema`, `verb` and `exitCode`. */
  readonly json: Readonly<Record<string, unknown>>;
}
