import { CodeAction, CodeActionKind, Diagnostic, DiagnosticSeverity } from 'vscode';
import { WorkspaceEdit, workspace } from 'vscode';
import type { Range, TextDocument } from 'vscode';
import { contextWindow, lintPromptsIn, withEdits } from '../../engine/index.ts';
import type { SourceFinding, SourceReader } from '../../engine/index.ts';
import { settings, settingsSection } from '../ids.ts';
import { isRead, rangeIn } from './documentPrompts.ts';
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
  return found.map(({ finding, place }) => {
    const range = rangeIn(document, place);
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
  for (const { literal, finding, place } of await findingsOf(document, reader, known)) {
    if (!finding.fix || !rangeIn(document, place).intersection(range)) continue;
    const text = withEdits(literal.text, finding.fix.edits);
    const file = document.getText();
    const options = { valuesMayChange: true };
    const edit = await reader.encode(file, literal, document.languageId, text, options);
    if (edit.kind !== 'edit') continue;
    const action = new CodeAction(finding.fix.title, CodeActionKind.QuickFix);
    action.edit = new WorkspaceEdit();
    action.edit.replace(document.uri, rangeIn(document, edit), edit.source);
    action.isPreferred = true;
    actions.push(action);
  }
  return actions;
}

async function findingsOf(
  document: TextDocument,
  reader: SourceReader,
  known: KnownPrompts,
): Promise<readonly SourceFinding[]> {
  if (!isRead(document)) return [];
  const section = workspace.getConfiguration(settingsSection, document.uri);
  const model = section.get<string>(settings.taskModel) ?? '';
  const tokenLimit = contextWindow(model);
  const facts = {
    off: rulesOff(section.get<Readonly<Record<string, unknown>>>(settings.lintRules, {})),
    ...(tokenLimit === undefined ? {} : { model, tokenLimit }),
  };
  const isKnown = (text: string) => known.has(text);
  const { languageId } = document;
  return (await lintPromptsIn(reader, document.getText(), languageId, facts, isKnown)).findings;
}

function rulesOff(rules: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(rules).filter(name => rules[name] === false);
}
