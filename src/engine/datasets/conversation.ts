import type { ExampleMessage } from '../core/example.ts';
import { messagesIn } from './cellForms.ts';

/** Where OpenAI's files keep a conversation: fine-tuning under `messages`, evals under `input`. */
const places = ['messages', 'input'];

/**
 * Cells for a row that holds a conversation, so that it can be mapped like any other: `input`, what
 * the person asks; `system`; and `expected`, the answer at the end. The conversation itself stays
 * under `messages`. Undefined for other rows.
 */
export function conversationCells(
  cells: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | undefined {
  for (const place of places) {
    const cell = cells.get(place);
    const messages = cell === undefined ? undefined : messagesIn(cell);
    if (cell === undefined || !messages || messages.length === 0) continue;
    const found = new Map(cells);
    const last = messages.at(-1);
    const answered = last?.role === 'assistant' && messages.length > 1;
    const asked = answered ? messages.slice(0, -1) : messages;
    if (place === 'input') found.delete('input');
    const system = asked.filter(isSystem).map(message => message.content);
    const add = (name: string, text: string): void => {
      if (!found.has(name)) found.set(name, text);
    };
    if (system.length > 0) add('system', system.join('\n\n'));
    add('input', transcript(asked.filter(message => !isSystem(message))));
    if (answered) add('expected', last.content);
    add('messages', cell);
    return found;
  }
  return undefined;
}

function isSystem({ role }: ExampleMessage): boolean {
  return role === 'system' || role === 'developer';
}

/** One question as it is; several turns with the name of who speaks. */
function transcript(turns: readonly ExampleMessage[]): string {
  const [only] = turns;
  if (turns.length <= 1) return only?.content ?? '';
  const named = turns.map(({ role, content }) => {
    const speaker = `${role.charAt(0).toUpperCase()}${role.slice(1)}`;
    return `${speaker}: ${content}`;
  });
  return named.join('\n\n');
}
