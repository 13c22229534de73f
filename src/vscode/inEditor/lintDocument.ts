import { CodeAction, CodeActionKind, Diagnostic, DiagnosticSeverity, Range } from 'vscode';
import { WorkspaceEdit, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import { lintPrompt } from '../../engine/index.ts';
import type { LintFinding, PromptLiteral, SourceReader } from '../../engine/index.ts';
import { settings, settingsSection } from '../ids.ts';
import { isNamedPrompt, literalsOf, rangeOf } from './documentPrompts.ts';
import type { KnownPrompts } from './knownPrompts.ts';

/** What our diagnostics are signed with. */
export const lintSource = 'PromptLint';

/** What looks wrong in the prompts of a document: in those that are known or named as one. */
export async function lintDocument(
  document: TextDocument,
  reader: SourceReader,
  known: KnownPrompts,
): Promise<Diagnostic[]> {
  const found = await findingsOf(document, reader, known);
  return found.map(({ literal, finding }) => {
    const range = rangeOf(document, literal, finding.start, finding.end);
    const grave = finding.rule === 'secret';
    const severity = grave ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
    const diagnostic = new Diagnostic(range, finding.message, severity);
    diagnostic.source = lintSource;
    diagnostic.code = finding.rule;
    return diagnostic;
  });
}

/** The repairs of findings in a range, as edits of the literal they stand in. */
export async function lintActions(
  document: TextDocument,
  range: Range,
  reader: SourceReader,
  known: KnownPrompts,
): Promise<CodeAction[]> {
  const actions: CodeAction[] = [];
  for (const { literal, finding } of await findingsOf(document, reader, known)) {
    const place = rangeOf(document, literal, finding.start, finding.end);
    if (!finding.fix || !place.intersection(range)) continue;
    const text = withEdits(literal.text, finding.fix.edits);
    const file = document.getText();
    const options = { valuesMayChange: true };
    const edit = await reader.encode(file, literal, document.languageId, text, options);
    if (edit.kind !== 'edit') continue;
    const action = new CodeAction(finding.fix.title, CodeActionKind.QuickFix);
    action.edit = new WorkspaceEdit();
    const target = new Range(document.positionAt(edit.start), document.positionAt(edit.end));
    action.edit.replace(document.uri, target, edit.source);
    action.isPreferred = true;
    actions.push(action);
  }
  return actions;
}

interface Found {
  readonly literal: PromptLiteral;
  readonly finding: LintFinding;
}

async function findingsOf(
  document: TextDocument,
  reader: SourceReader,
  known: KnownPrompts,
): Promise<Found[]> {
  const literals = await literalsOf(document, reader);
  const off = rulesOff(document);
  return literals
    .filter(each => known.has(each.text.trim()) || isNamedPrompt(each, document.languageId))
    .flatMap(literal => lintPrompt(literal.text, { off }).map(finding => ({ literal, finding })));
}

function rulesOff({ uri }: TextDocument): string[] {
  const section = workspace.getConfiguration(settingsSection, uri);
  const rules = section.get<Readonly<Record<string, unknown>>>(settings.lintRules, {});
  return Object.keys(rules).filter(name => rules[name] === false);
}

function withEdits(text: string, edits: NonNullable<LintFinding['fix']>['edits']): string {
  return edits.reduceRight(
    (changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end),
    text,
  );
}
