import { findMarks } from '../core/marks.ts';
import type { LintFacts, LintFinding, LintRule } from './finding.ts';
import { contradictoryFormat } from './rules/contradictoryFormat.ts';
import { invisibleCharacter } from './rules/invisibleCharacter.ts';
import { mixedDialects } from './rules/mixedDialects.ts';
import { secret } from './rules/secret.ts';
import { tooLong } from './rules/tooLong.ts';
import { trailingInstruction } from './rules/trailingInstruction.ts';
import { unknownPlaceholder } from './rules/unknownPlaceholder.ts';
import { unusedPlaceholder } from './rules/unusedPlaceholder.ts';

/** Every rule, in the order of docs/lint.md. */
export const lintRules: readonly LintRule[] = [
  unknownPlaceholder,
  unusedPlaceholder,
  mixedDialects,
  contradictoryFormat,
  trailingInstruction,
  secret,
  invisibleCharacter,
  tooLong,
];

/** What looks wrong in a prompt, in the order of the text. Reads nothing but what it is handed. */
export function lintPrompt(text: string, facts: LintFacts = {}): LintFinding[] {
  const marks = findMarks(text);
  return lintRules
    .filter(rule => !facts.off?.includes(rule.name))
    .flatMap(rule => rule.check(text, facts, marks).map(found => ({ rule: rule.name, ...found })))
    .sort((left, right) => left.start - right.start || left.end - right.end);
}
