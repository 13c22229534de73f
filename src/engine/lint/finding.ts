import type { CallSite } from '../core/callSite.ts';
import type { Mark } from '../core/marks.ts';

/** A replacement in a text: UTF-16 offsets, `end` exclusive. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A repair that can be made without asking a model. */
export interface QuickFix {
  /** For a button: "Replace {usr} by {user}". */
  readonly title: string;
  /** In order, without overlaps. */
  readonly edits: readonly TextEdit[];
  /** Whether it can be made without anybody's judgement. */
  readonly safe?: true;
}

/** Something in a prompt that is probably not meant so. */
export interface LintFinding {
  /** Name of the rule, as in settings and docs/lint.md. */
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  /** One sentence with the remedy in it; never holds a secret. */
  readonly message: string;
  readonly fix?: QuickFix;
}

/** What is known of a prompt beside its text; a rule without its fact stays silent. */
export interface LintFacts extends Partial<CallSite> {
  /** Most tokens of the chosen model's input. */
  readonly tokenLimit?: number;
  /** Name of that model, for the sentence. */
  readonly model?: string;
  /** Its tokenizer; an estimate where absent. */
  countTokens?(text: string): number;
  /** Names of rules that are switched off. */
  readonly off?: readonly string[];
}

/** One rule: what it looks for, and what it found. */
export interface LintRule {
  readonly name: string;
  /** One sentence for settings and documents. */
  readonly description: string;
  /** `marks` are those of the text, found once for all rules. */
  check(
    text: string,
    facts: LintFacts,
    marks: readonly Mark[],
  ): readonly Omit<LintFinding, 'rule'>[];
}
