import { commands } from 'vscode';
import type { MarkdownString, TestItem } from 'vscode';
import type { PromptRefinerApi } from '../../../src/extension.ts';
import type { RunForm } from '../../../src/panel/messages.ts';
import { blankForm } from '../../../src/panel/readForm.ts';
import { until, written } from './window.ts';

const rows = Array.from({ length: 24 }, (_, row) =>
  row % 2 === 0 ? `the bill of order ${row} is wrong,billing` : `parcel ${row} is late,shipping`,
);

/** Writes a prompt and 25 rows, the last with a label that no answer of the model ever is. */
export async function writePair(api: PromptRefinerApi): Promise<void> {
  const withOneWrong = ['ticket,team', ...rows, 'the bill of my uncle is wrong,unheard-of', ''];
  await written('tested.md', 'Answer with one of: billing, shipping\n\nTicket: {{ticket}}\n');
  await written('tested.csv', withOneWrong.join('\n'));
  await commands.executeCommand('promptRefiner.run.focus');
  await api.panel.send({ type: 'run-close' });
}

/** Fills the form in; answers the item of its prompt and dataset in the Testing view. */
export async function choosePair(
  api: PromptRefinerApi,
  part: Partial<RunForm> = {},
): Promise<TestItem> {
  const form: RunForm = {
    ...blankForm(),
    prompt: { kind: 'file', path: 'tested.md' },
    dataset: 'tested.csv',
    expected: 'team',
    metric: 'accuracy',
    taskModel: 'demo:task',
    ...part,
  };
  await until('the form', () => api.panel.state().page === 'form');
  await api.panel.send({ type: 'form-change', form });
  return until('the pair', () => {
    const found = [...api.tests.items].map(([, item]) => item);
    return found.find(({ label }) => label === `tested.md · ${form.dataset}`);
  });
}

/** Line of a row's item, from 1. */
export function lineOf(item: TestItem): number {
  return (item.range?.start.line ?? -1) + 1;
}

/** The text of a message that may be Markdown. */
export function textOfMarkdown(text: string | MarkdownString | undefined): string {
  return typeof text === 'object' ? text.value : (text ?? '');
}
