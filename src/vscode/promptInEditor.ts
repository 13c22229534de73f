import { commands as vscodeCommands, Uri, workspace } from 'vscode';
import type { DocumentSymbol, Position, TextDocument, TextEditor } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { SourceReader } from '../engine/index.ts';
import { findPrompts } from './findPrompts.ts';
import type { FoundPrompt } from './findPrompts.ts';
import type { PromptSource } from './refinementReview.ts';
import { whyNotWritten } from './whyNotWritten.ts';

/** The prompt that a person means, and where it stands. */
export interface PromptInEditor {
  readonly source: PromptSource;
  /** The text with `\n` between its lines. */
  readonly before: string;
  /** Why a refined text could only be copied, not written back. */
  readonly refusal?: string;
}

/**
 * The prompts at the cursors and selections of an editor, each once, in the order of the cursors.
 * Throws a `RequestError` where there is nothing to take.
 */
export async function promptsInEditor(
  editor: TextEditor | undefined,
  reader: SourceReader,
): Promise<readonly PromptInEditor[]> {
  if (!editor) {
    throw new RequestError('No text editor is open. Open the file with the prompt, and select it.');
  }
  const { document, selections } = editor;
  const text = document.getText();
  const found = new Map<number, FoundPrompt>();
  for (const { start, end } of selections) {
    const range = { start: document.offsetAt(start), end: document.offsetAt(end) };
    for (const prompt of await findPrompts(reader, text, range, document.languageId)) {
      const known = found.get(prompt.offset);
      if (!known || known.text.length < prompt.text.length) found.set(prompt.offset, prompt);
    }
  }
  const obstacle = await whyNotWritten(document);
  const prompts = [...found.values()].map(prompt => withObstacle(prompt, obstacle));
  return Promise.all(prompts.map(prompt => described(document, prompt)));
}

function withObstacle(prompt: FoundPrompt, obstacle: string | undefined): FoundPrompt {
  if (obstacle === undefined) return prompt;
  return { ...prompt, refusal: `${obstacle.charAt(0).toUpperCase()}${obstacle.slice(1)}.` };
}

/** How a document is called among people. */
export function placeName({ document, line, symbol }: PromptSource): string {
  const file = workspace.asRelativePath(Uri.parse(document), false);
  return `${file}:${line}${symbol ? ` ${symbol}` : ''}`;
}

async function described(document: TextDocument, prompt: FoundPrompt): Promise<PromptInEditor> {
  const { place, offset, text, refusal } = prompt;
  const position = document.positionAt(offset);
  const isWhole = place.kind === 'span' ? false : place.anchor.path === 'body';
  const symbol = isWhole ? undefined : ((await symbolAt(document, position)) ?? variableOf(place));
  return {
    source: {
      document: document.uri.toString(),
      languageId: document.languageId,
      place,
      line: position.line + 1,
      ...(symbol ? { symbol } : {}),
    },
    before: text,
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** The variable that a string in code is assigned to. */
function variableOf(place: PromptSource['place']): string | undefined {
  if (place.kind === 'span' || !['python', 'script'].includes(place.anchor.host)) return undefined;
  const name = place.anchor.path.split(' / ').at(-1) ?? '';
  return /^\p{L}[\p{L}\p{N}_]*$/u.test(name) && name !== 'return' ? name : undefined;
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
