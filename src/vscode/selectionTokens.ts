import { StatusBarAlignment, window, workspace } from 'vscode';
import type { TextEditor } from 'vscode';
import { knowsLanguage, RequestError } from '../engine/index.ts';
import type { Engine } from '../engine/index.ts';
import { formatCount, formatUsd } from '../panel/format.ts';
import type { Host } from './host.ts';
import { settings, settingsSection } from './ids.ts';
import { guarded } from './notify.ts';
import { promptFolder } from './trust.ts';

/** A drag over many lines counts once. */
const pauseMs = 150;

/** Longer selections are hardly prompts. */
const longestSelection = 500_000;

/** In the status bar: how many tokens the selection has for the task model, and what they cost. */
export function selectionTokens(host: Host): void {
  const { context, log } = host;
  const item = window.createStatusBarItem('promptRefiner.tokens', StatusBarAlignment.Right, 90);
  item.name = 'Tokens of the selection';
  let timer: NodeJS.Timeout | undefined;
  let turn = 0;
  const show = async (editor: TextEditor | undefined): Promise<void> => {
    turn += 1;
    const own = turn;
    const text = editor ? selectedText(editor) : '';
    if (text === '') {
      item.hide();
      return;
    }
    const { label, tooltip } = await counted(host, text, taskModelOf(editor));
    // Something else was selected while the vocabulary was read.
    if (own !== turn) return;
    item.text = label;
    item.tooltip = tooltip;
    item.show();
  };
  const soon = (editor: TextEditor | undefined): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void guarded(log, () => show(editor)), pauseMs);
  };
  context.subscriptions.push(
    item,
    { dispose: () => clearTimeout(timer) },
    window.onDidChangeTextEditorSelection(({ textEditor }) => soon(textEditor)),
    window.onDidChangeActiveTextEditor(soon),
    host.onDidChangeEngine(() => soon(window.activeTextEditor)),
  );
}

function selectedText({ document, selections }: TextEditor): string {
  if (!knowsLanguage(document.languageId)) return '';
  const text = selections.map(each => document.getText(each)).join('\n');
  return text.trim() === '' || text.length > longestSelection ? '' : text;
}

function taskModelOf(editor: TextEditor | undefined): string {
  const section = workspace.getConfiguration(settingsSection, editor?.document.uri);
  return section.get<string>(settings.taskModel, '').trim();
}

async function counted(
  host: Host,
  text: string,
  model: string,
): Promise<{ readonly label: string; readonly tooltip: string }> {
  const engine = await host.refiner(promptFolder());
  const { count, exact } = await engine.tokenizerOf(model);
  const tokens = count(text);
  const usd = inputCost(engine, model, tokens);
  const words = `${exact ? '' : '~'}${formatCount(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`;
  const by = exact
    ? `as ${model} counts them`
    : `counted with the o200k vocabulary; how ${model || 'your model'} counts is not known`;
  const cost =
    usd === undefined
      ? `The price of ${model || 'your task model'} is not known.`
      : 'The cost is that of sending the selection once; what a row fills in and the answer come on top.';
  return {
    label: usd === undefined ? words : `${words} · ${formatUsd(usd)} a call`,
    tooltip: `Tokens of the selection, ${by}. ${cost}`,
  };
}

function inputCost(engine: Engine, model: string, tokens: number): number | undefined {
  try {
    const price = engine.priceOf(model);
    return price && price.inputUsd * tokens;
  } catch (error) {
    // No model is set, or none that exists: what asks it says so.
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}
