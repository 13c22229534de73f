import type { LintFacts, LintFinding, TextEdit } from './lint/finding.ts';
import { lintPrompt } from './lint/lint.ts';
import type { SourceReader } from './sources/find.ts';
import type { PromptLiteral } from './sources/literal.ts';
import { isNamedPrompt, placeInFile } from './sources/promptPlaces.ts';
import type { TextRange } from './sources/range.ts';

/** A finding with the prompt that it is about and its place in the file. */
export interface SourceFinding {
  readonly literal: PromptLiteral;
  readonly finding: LintFinding;
  /** Offsets in the file. */
  readonly place: TextRange;
}

/** The prompts of a file, and what looks wrong in them. */
export interface SourceLint {
  readonly prompts: readonly PromptLiteral[];
  readonly findings: readonly SourceFinding[];
}

/**
 * Lints every prompt of a source file: the literals that their place names as one, and those that
 * `isKnown` knows by their text (white space at its ends left out).
 */
export async function lintPromptsIn(
  reader: SourceReader,
  file: string,
  language: string,
  facts: LintFacts = {},
  isKnown: (text: string) => boolean = () => false,
): Promise<SourceLint> {
  const prompts = (await reader.all(file, language)).filter(
    each =>
      /\S\s+\S/.test(each.text) && (isNamedPrompt(each, language) || isKnown(each.text.trim())),
  );
  const findings = prompts.flatMap(literal =>
    lintPrompt(literal.text, { ...facts, ...literal.callSite?.() }).map(finding => ({
      literal,
      finding,
      place: placeInFile(literal, finding.start, finding.end),
    })),
  );
  return { prompts, findings: findings.sort((a, b) => a.place.start - b.place.start) };
}

/** A text after edits that are in order and do not overlap. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.reduceRight(
    (changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end),
    text,
  );
}

/** The edits of those fixes that need nobody's judgement, in order, without overlaps. */
export function safeEdits(findings: readonly LintFinding[]): TextEdit[] {
  const edits = findings
    .flatMap(({ fix }) => (fix?.safe ? fix.edits : []))
    .sort((left, right) => left.start - right.start);
  return edits.filter((edit, index) => edit.start >= (edits[index - 1]?.end ?? 0));
}
