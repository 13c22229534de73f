import type { LintFinding } from '../../../src/engine/lint/finding.ts';

/** The text after a quick fix. */
export function fixed(text: string, { fix }: LintFinding): string {
  return (fix?.edits ?? [])
    .toReversed()
    .reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text);
}
