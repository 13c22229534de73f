import { StatusBarAlignment, window } from 'vscode';
import type { TextEditor } from 'vscode';
import { estimateTokens, knowsLanguage } from '../engine/index.ts';
import { formatCount } from '../panel/format.ts';
import type { Host } from './host.ts';

/** A drag over many lines counts once. */
const pauseMs = 150;

/** Longer selections are hardly prompts. */
const longestSelection = 500_000;

/** In the status bar: about how many tokens the selection has. */
export function selectionTokens({ context }: Host): void {
  const item = window.createStatusBarItem('promptRefiner.tokens', StatusBarAlignment.Right, 90);
  item.name = 'Tokens of the selection';
  item.tooltip =
    'A rough estimate of the selection’s tokens, by its characters and words; models count in different ways.';
  let timer: NodeJS.Timeout | undefined;
  const show = (editor: TextEditor | undefined): void => {
    const tokens = editor ? tokensOf(editor) : 0;
    item.text = `≈ ${formatCount(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`;
    if (tokens > 0) item.show();
    else item.hide();
  };
  const soon = (editor: TextEditor | undefined): void => {
    clearTimeout(timer);
    timer = setTimeout(() => show(editor), pauseMs);
  };
  context.subscriptions.push(
    item,
    { dispose: () => clearTimeout(timer) },
    window.onDidChangeTextEditorSelection(({ textEditor }) => soon(textEditor)),
    window.onDidChangeActiveTextEditor(soon),
  );
}

function tokensOf({ document, selections }: TextEditor): number {
  if (!knowsLanguage(document.languageId)) return 0;
  const text = selections.map(each => document.getText(each)).join('\n');
  return text.trim() === '' || text.length > longestSelection ? 0 : estimateTokens(text);
}
