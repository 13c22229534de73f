import { Range } from 'vscode';
import type { TextDocument } from 'vscode';
import { knowsLanguage } from '../../engine/index.ts';
import type { PromptLiteral, SourceReader } from '../../engine/index.ts';

/** Longer documents are read when a person asks, not while they look at them. */
const longestDocument = 1_000_000;

/** Every literal of a document that may be a prompt; none where the language has no rules. */
export async function literalsOf(
  document: TextDocument,
  reader: SourceReader,
): Promise<readonly PromptLiteral[]> {
  if (!knowsLanguage(document.languageId)) return [];
  const text = document.getText();
  if (text.length > longestDocument) return [];
  return (await reader.all(text, document.languageId)).filter(each => /\S\s+\S/.test(each.text));
}

/** Whether a literal's place says that it is a prompt, known or not. */
export function isNamedPrompt({ host, path, text }: PromptLiteral, languageId: string): boolean {
  if (languageId === 'prompt' || host === 'prompty') return !path.startsWith('fence');
  if (host === 'markdown' || host === 'text') return false;
  const name = path.split(' / ').at(-1) ?? '';
  return /prompt|instruction|system/i.test(name) && text.split(/\s+/).length >= 5;
}

/** Where a piece of a literal's text stands in the document. */
export function rangeOf(
  document: TextDocument,
  { units, inside }: PromptLiteral,
  start: number,
  end: number,
): Range {
  let at = 0;
  let from: number | undefined;
  let to = inside.end;
  for (const unit of units) {
    const next = at + unit.text.length;
    const isPlain = unit.kind === 'plain';
    if (from === undefined && start < next) from = isPlain ? unit.start + start - at : unit.start;
    if (end <= next && unit.text !== '') {
      to = isPlain ? unit.start + end - at : unit.end;
      break;
    }
    at = next;
  }
  const begin = from ?? inside.end;
  return new Range(document.positionAt(begin), document.positionAt(Math.max(begin, to)));
}

/** The whole literal, with its quotes. */
export function wholeRange(document: TextDocument, { start, end }: PromptLiteral): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}
