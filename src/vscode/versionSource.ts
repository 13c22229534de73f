import { Range, Selection, window, workspace } from 'vscode';
import type { TextDocument, Uri, WorkspaceFolder } from 'vscode';
import {
  anchorOf,
  formatPromptFile,
  parsePromptFile,
  RequestError,
  samePrompt,
  writeBack,
} from '../engine/index.ts';
import type {
  LiteralAnchor,
  Prompt,
  PromptVersion,
  SourceReader,
  TextRange,
} from '../engine/index.ts';
import { literalsOf } from './inEditor/documentPrompts.ts';
import { fileUri } from './panel/promptChoice.ts';

/** Where a prompt lives: a file that is the prompt, or a literal inside of one. */
export interface VersionSource extends TextRange {
  readonly document: TextDocument;
  /** Undefined where the whole file is the prompt. */
  readonly literal?: { readonly anchor: LiteralAnchor; readonly text: string };
}

/**
 * Finds the file that a prompt's versions came from, and the text in it that is one of them.
 * Throws a `RequestError` where no version tells of a file, or the file holds none of them.
 */
export async function findSource(
  folder: WorkspaceFolder,
  versions: readonly PromptVersion[],
  reader: SourceReader,
): Promise<VersionSource> {
  const newestFirst = versions.toReversed();
  const paths = newestFirst.flatMap(({ metadata: { source } }) =>
    typeof source === 'string' && source !== '' ? [source] : [],
  );
  const [path] = paths;
  if (path === undefined) {
    throw new RequestError('No version of this prompt says which file it came from.');
  }
  for (const each of new Set(paths)) {
    const document = await opened(fileUri(folder, each));
    const found = document && (await sourceIn(document, newestFirst, reader));
    if (found) return found;
  }
  throw new RequestError(
    `${path} is gone or holds none of the versions any more. Copy the text from the version instead.`,
  );
}

async function sourceIn(
  document: TextDocument,
  versions: readonly PromptVersion[],
  reader: SourceReader,
): Promise<VersionSource | undefined> {
  const text = document.getText();
  const whole = parsePromptFile(text);
  if (versions.some(({ prompt }) => samePrompt(prompt, whole))) {
    return { document, start: 0, end: text.length };
  }
  const known = new Set(versions.map(({ prompt }) => prompt.system.trim()));
  const literals = (await literalsOf(document, reader)).filter(each => known.has(each.text.trim()));
  const [literal, another] = literals;
  if (!literal || another) return undefined;
  const { start, end } = literal;
  return {
    document,
    start,
    end,
    literal: { anchor: anchorOf(text, literal), text: literal.text },
  };
}

/** The edit that makes the source say a version. Throws a `RequestError` with the reason. */
export async function editFor(
  { document, literal, start, end }: VersionSource,
  prompt: Prompt,
  reader: SourceReader,
): Promise<TextRange & { readonly text: string }> {
  if (!literal) return { start, end, text: formatPromptFile(prompt) };
  if (prompt.output !== '') {
    throw new RequestError('This version has two components, and the place in the file holds one.');
  }
  const answer = await writeBack(reader, {
    file: document.getText(),
    language: document.languageId,
    anchor: literal.anchor,
    base: literal.text,
    text: prompt.system,
  });
  switch (answer.kind) {
    case 'edit':
      return { start: answer.start, end: answer.end, text: answer.source };
    case 'conflict':
      throw new RequestError('The prompt was changed in its file meanwhile; nothing was written.');
    case 'lost':
    case 'refused':
      throw new RequestError(`Nothing was written: ${answer.reason}`);
  }
}

async function opened(uri: Uri): Promise<TextDocument | undefined> {
  return workspace.openTextDocument(uri).then(
    document => document,
    () => undefined,
  );
}

/** Shows the place with its text selected. */
export async function showSource({ document, start, end }: VersionSource): Promise<void> {
  const editor = await window.showTextDocument(document, { preview: false });
  const [from, to] = [document.positionAt(start), document.positionAt(end)];
  editor.selection = new Selection(from, to);
  editor.revealRange(new Range(from, to));
}
