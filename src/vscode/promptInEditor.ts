import { commands as vscodeCommands, Uri, workspace } from 'vscode';
import type { DocumentSymbol, Position, TextDocument, TextEditor } from 'vscode';
import { locatePrompt, RequestError, staysInPlace } from '../engine/index.ts';
import type { PromptSource } from './refinementReview.ts';

/** The prompt that a person means, and where it stands. */
export interface PromptInEditor {
  readonly source: PromptSource;
  /** The text with `\n` between its lines. */
  readonly before: string;
}

/**
 * The selected text, or without a selection the prompt or paragraph around the cursor.
 * Throws a `RequestError` where there is nothing to take.
 */
export async function promptInEditor(editor: TextEditor | undefined): Promise<PromptInEditor> {
  if (!editor) {
    throw new RequestError('No text editor is open. Open the file with the prompt, and select it.');
  }
  const { document, selection } = editor;
  const text = document.getText();
  const found = locatePrompt(
    text,
    { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) },
    document.languageId,
  );
  if (!found) throw new RequestError(nothingHere(text, selection.isEmpty));
  const { start, end } = withoutMargins(text, found);
  const raw = text.slice(start, end);
  const position = document.positionAt(start);
  const symbol = found.kind === 'document' ? undefined : await symbolAt(document, position);
  return {
    source: {
      document: document.uri.toString(),
      start,
      text: raw,
      kind: found.kind,
      languageId: document.languageId,
      line: position.line + 1,
      ...(symbol ? { symbol } : {}),
    },
    before: raw.replace(/\r\n?/g, '\n'),
  };
}

/** Whether a text can be written where the prompt stands without ending the string around it. */
export function fitsInPlace(
  document: TextDocument,
  { text, kind, languageId }: PromptSource,
  start: number,
  replacement: string,
): boolean {
  const located = { start, end: start + text.length, kind };
  return staysInPlace(document.getText(), located, replacement, languageId);
}

/** How a document is called among people. */
export function placeName({ document, line, symbol }: PromptSource): string {
  const file = workspace.asRelativePath(Uri.parse(document), false);
  return `${file}:${line}${symbol ? ` ${symbol}` : ''}`;
}

function nothingHere(text: string, nothingSelected: boolean): string {
  if (text.trim() === '') return 'This document is empty. Write a prompt into it first.';
  return nothingSelected
    ? 'There is no prompt around the cursor. Select the text to refine.'
    : 'Only white space is selected. Select the text to refine.';
}

// White space at the ends belongs to the document; a model would not give it back.
function withoutMargins(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): { start: number; end: number } {
  const inside = text.slice(start, end);
  const leading = inside.length - inside.trimStart().length;
  return { start: start + leading, end: start + inside.trimEnd().length };
}

const longestWaitForSymbolsMs = 500;

/** The innermost symbol around a position, where a language extension knows one. */
async function symbolAt(document: TextDocument, position: Position): Promise<string | undefined> {
  const symbols = await Promise.race([
    // Older providers answer with places instead of ranges: these say nothing of what is inside.
    vscodeCommands.executeCommand<readonly Partial<DocumentSymbol>[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    ),
    new Promise<undefined>(done => setTimeout(() => done(undefined), longestWaitForSymbolsMs)),
  ]);
  let found: string | undefined;
  let level: readonly Partial<DocumentSymbol>[] = symbols ?? [];
  for (;;) {
    const around = level.find(({ range }) => range?.contains(position));
    if (!around) return found;
    found = around.name;
    level = around.children ?? [];
  }
}
