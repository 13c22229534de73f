import type { PanelMessage, RunForm } from './messages.ts';

/**
 * A message of the page, without what the page cannot know better. Prompt, dataset and further
 * metrics are chosen in VS Code's own lists, and the page may send a form that it drew before: it
 * must not take such a choice back, nor bring the columns of an earlier dataset along.
 */
export function fromPage(message: PanelMessage, hostForm: RunForm): PanelMessage {
  if (!('form' in message)) return message;
  const { prompt: _, ...edited } = message.form;
  const { prompt, dataset, otherMetrics } = hostForm;
  const columns = message.form.dataset === dataset ? {} : columnsOf(hostForm);
  const chosen = { dataset, otherMetrics, ...(prompt ? { prompt } : {}) };
  return { ...message, form: { ...edited, ...columns, ...chosen } };
}

function columnsOf(form: RunForm) {
  const { inputs, expected, references, labels, messages, context, note, split, encoding } = form;
  return { inputs, expected, references, labels, messages, context, note, split, encoding };
}
