import { Uri, window, workspace } from 'vscode';
import type { QuickPickItem, TextEditor, WorkspaceFolder } from 'vscode';
import { parsePromptFile, placeholderNames, RequestError } from '../../engine/index.ts';
import type { Engine, Prompt, SourceReader } from '../../engine/index.ts';
import type { PromptChoice } from '../../panel/messages.ts';
import { placeName, promptsInEditor } from '../promptInEditor.ts';
import { namePrompt } from '../promptNaming.ts';

/** A chosen prompt, read: what the form shows of it and what a run needs. */
export interface ChosenPrompt {
  readonly label: string;
  readonly promptName: string;
  readonly prompt: Prompt;
  readonly placeholders: readonly string[];
  /** File that the prompt stands in, as the form names it. */
  readonly source?: string;
  /** Where its locked sections are looked for: that file, or the one that a saved version came from. */
  readonly home?: string;
}

/** Reads what the person chose. Throws `EngineError`s: the file is gone, the version too. */
export async function readPromptChoice(
  choice: PromptChoice,
  engine: Engine,
  folder: WorkspaceFolder,
): Promise<ChosenPrompt> {
  switch (choice.kind) {
    case 'version': {
      const { promptName, number, prompt, metadata } = await engine.history.read(choice);
      const home = metadata['source'];
      return {
        label: `${promptName} v${number}`,
        promptName,
        prompt,
        ...(typeof home === 'string' ? { home } : {}),
        ...namesIn(prompt),
      };
    }
    case 'file': {
      const prompt = parsePromptFile(await readFile(folder, choice.path));
      const { name } = await namePrompt(engine.history, prompt, { file: choice.path, line: 1 });
      return {
        label: choice.path,
        promptName: name,
        prompt,
        source: choice.path,
        home: choice.path,
        ...namesIn(prompt),
      };
    }
    case 'selection': {
      const prompt = { system: choice.text, output: '' };
      const place = placeOf(choice.label);
      const { name } = await namePrompt(engine.history, prompt, place);
      const source = place.file;
      return {
        label: choice.label,
        promptName: name,
        prompt,
        source,
        home: source,
        ...namesIn(prompt),
      };
    }
  }
}

/** Lets the person choose: the text under the cursor, a saved version, or a file. */
export async function pickPrompt(
  engine: Engine,
  folder: WorkspaceFolder,
  reader: SourceReader,
): Promise<PromptChoice | undefined> {
  const items = [...(await selectionItem(reader)), ...(await versionItems(engine)), browseItem];
  const picked = await window.showQuickPick(items, {
    title: 'Which prompt is to be optimized?',
    matchOnDescription: true,
  });
  return picked === browseItem ? browse(folder) : picked?.choice;
}

/** The prompt in front of the person: the whole file where it is a prompt file, else the text. */
export async function promptInFront(
  folder: WorkspaceFolder,
  reader: SourceReader,
): Promise<PromptChoice> {
  const editor = window.activeTextEditor;
  if (editor?.selection.isEmpty && isPromptFile(editor.document.uri)) {
    return fileChoice(folder, editor.document.uri);
  }
  return textInEditor(editor, reader);
}

/** The document of a chosen file. */
export function fileUri(folder: WorkspaceFolder, path: string): Uri {
  return /^([\\/]|[a-z]:)/i.test(path) ? Uri.file(path) : Uri.joinPath(folder.uri, path);
}

/** A path as the form keeps it: relative to the folder where it lies below it. */
export function formPath(folder: WorkspaceFolder, uri: Uri): string {
  const below = `${folder.uri.path}/`;
  return uri.path.startsWith(below) ? uri.path.slice(below.length) : uri.fsPath;
}

interface PromptItem extends QuickPickItem {
  readonly choice?: PromptChoice;
}

const browseItem: PromptItem = { label: '$(folder-opened) Choose a file…', alwaysShow: true };

async function textInEditor(editor: TextEditor | undefined, reader: SourceReader) {
  const [first] = await promptsInEditor(editor, reader);
  if (!first) throw new RequestError('There is no prompt around the cursor. Select its text.');
  return { kind: 'selection', label: placeName(first.source), text: first.before } as const;
}

async function selectionItem(reader: SourceReader): Promise<PromptItem[]> {
  try {
    const choice = await textInEditor(window.activeTextEditor, reader);
    return [
      {
        label: '$(selection) The text in the editor',
        description: choice.label,
        detail: choice.text.split('\n')[0] ?? '',
        choice,
      },
    ];
  } catch {
    // No editor, or nothing that looks like a prompt in it: there are other ways to choose.
    return [];
  }
}

async function versionItems({ history }: Engine): Promise<PromptItem[]> {
  const lists = await Promise.all((await history.names()).map(name => history.list(name)));
  return lists.flatMap(versions =>
    versions.toReversed().map(({ promptName, number, origin, note }) => ({
      label: `$(versions) ${promptName} v${number}`,
      description: [origin, note].filter(Boolean).join(' · '),
      choice: { kind: 'version', promptName, number } as const,
    })),
  );
}

async function browse(folder: WorkspaceFolder): Promise<PromptChoice | undefined> {
  const [uri] =
    (await window.showOpenDialog({
      title: 'Choose a prompt file',
      defaultUri: folder.uri,
      filters: { 'Prompt files': ['md', 'txt', 'prompt', 'prompty'], 'All files': ['*'] },
    })) ?? [];
  return uri && fileChoice(folder, uri);
}

function fileChoice(folder: WorkspaceFolder, uri: Uri): PromptChoice {
  return { kind: 'file', path: formPath(folder, uri) };
}

function isPromptFile({ scheme, path }: Uri): boolean {
  return scheme === 'file' && /\.(md|txt|prompt)$/i.test(path);
}

async function readFile(folder: WorkspaceFolder, path: string): Promise<string> {
  try {
    const bytes = await workspace.fs.readFile(fileUri(folder, path));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const why = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read';
    throw new RequestError(`${path} ${why}. Choose another prompt.`);
  }
}

function placeOf(label: string): { file: string; line: number; symbol?: string } {
  const match = /^(.*):(\d+)(?: (.+))?$/.exec(label);
  const [, file = label, line = '1', symbol] = match ?? [];
  return { file, line: Number(line), ...(symbol ? { symbol } : {}) };
}

function namesIn(prompt: Prompt): { placeholders: readonly string[] } {
  return { placeholders: placeholderNames(prompt) };
}
