import { Range } from 'vscode';
import type { TextDocument } from 'vscode';
import { knowsLanguage, placeInFile } from '../../engine/index.ts';
import type { PromptLiteral, SourceReader, TextRange } from '../../engine/index.ts';

/** Longer documents are read when a person asks, not while they look at them. */
const longestDocument = 1_000_000;

/** Whether prompts are looked for in a document while a person looks at it. */
export function isRead(document: TextDocument): boolean {
  return knowsLanguage(document.languageId) && document.getText().length <= longestDocument;
}

/** Every literal of a document that may be a prompt; none where the language has no rules. */
export async function literalsOf(
  document: TextDocument,
  reader: SourceReader,
): Promise<readonly PromptLiteral[]> {
  if (!isRead(document)) return [];
  return (await reader.all(document.getText(), document.languageId)).filter(each =>
    /\S\s+\S/.test(each.text),
  );
}

/** Where a piece of a literal's text stands in the document. */
export function rangeOf(
  document: TextDocument,
  literal: PromptLiteral,
  start: number,
  end: number,
): Range {
  return rangeIn(document, placeInFile(literal, start, end));
}

/** A range of offsets as lines and columns; of a literal, with its quotes. */
export function rangeIn(document: TextDocument, { start, end }: TextRange): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}
