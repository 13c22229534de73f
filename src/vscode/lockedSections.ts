import { commands as vscodeCommands, ThemeColor, window } from 'vscode';
import type { Memento, Range, TextDocument } from 'vscode';
import { RequestError } from '../engine/index.ts';
import type { Section } from '../engine/index.ts';
import type { Host } from './host.ts';
import { commands } from './ids.ts';
import { findPrompts } from './findPrompts.ts';
import { rangeOf } from './inEditor/documentPrompts.ts';
import { guarded } from './notify.ts';

const entry = 'promptRefiner.locks';

/** What is locked in a document: texts as their programs read them. */
type Locks = Readonly<Record<string, readonly string[]>>;

/** Lock Section: the selected part of a prompt comes back from every refinement and optimization as it is. */
export function lockedSections(host: Host): void {
  const { context, log } = host;
  const memory = context.workspaceState;
  const decoration = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('editor.wordHighlightBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.infoForeground'),
  });
  const show = (): void => {
    const locks = memory.get<Locks>(entry, {});
    for (const editor of window.visibleTextEditors) {
      const texts = locks[editor.document.uri.toString()];
      if (!texts) editor.setDecorations(decoration, []);
      else {
        void rangesOf(host, editor.document, texts).then(ranges => {
          const hoverMessage = 'Locked: refinements and optimizations leave this as it is.';
          editor.setDecorations(
            decoration,
            ranges.map(range => ({ range, hoverMessage })),
          );
        });
      }
    }
  };
  const change = (next: (texts: readonly string[], chosen: string) => readonly string[]) =>
    guarded(log, async () => {
      const { document, text } = await selectedSection(host);
      const locks = memory.get<Locks>(entry, {});
      const key = document.uri.toString();
      await memory.update(entry, { ...locks, [key]: next(locks[key] ?? [], text) });
      show();
    });
  context.subscriptions.push(
    decoration,
    vscodeCommands.registerCommand(commands.lockSection, () =>
      change((texts, chosen) => [...texts.filter(each => each !== chosen), chosen]),
    ),
    vscodeCommands.registerCommand(commands.unlockSection, () =>
      change((texts, chosen) =>
        texts.filter(each => !each.includes(chosen) && !chosen.includes(each)),
      ),
    ),
    window.onDidChangeVisibleTextEditors(show),
  );
  show();
}

/** The locked sections of a prompt that is about to be refined. */
export function locksIn({ context }: Host, document: string, prompt: string): Section[] {
  return lockedTexts(context.workspaceState, document).flatMap(text => {
    const start = prompt.indexOf(text);
    return start < 0 ? [] : [{ start, end: start + text.length }];
  });
}

/** What is locked in the prompts of a document. */
export function lockedTexts(memory: Memento, document: string): readonly string[] {
  return memory.get<Locks>(entry, {})[document] ?? [];
}

async function selectedSection({ sources }: Host) {
  const editor = window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) {
    throw new RequestError('Select the part of a prompt that is to stay as it is.');
  }
  const { document, selection } = editor;
  const range = {
    start: document.offsetAt(selection.start),
    end: document.offsetAt(selection.end),
  };
  const [found] = await findPrompts(sources, document.getText(), range, document.languageId);
  if (!found) throw new RequestError('The selection touches no prompt. Select a part of one.');
  return { document, text: found.text };
}

async function rangesOf(
  { sources }: Host,
  document: TextDocument,
  texts: readonly string[],
): Promise<Range[]> {
  const literals = await sources.all(document.getText(), document.languageId);
  return literals.flatMap(literal =>
    texts.flatMap(text => {
      const start = literal.text.indexOf(text);
      return start < 0 ? [] : [rangeOf(document, literal, start, start + text.length)];
    }),
  );
}
