import { fillPlaceholders, findPlaceholders } from './placeholders.ts';

/**
 * A prompt has two components from the first day: `system`, what the model is told to do, and
 * `output`, how its answer has to look. Either may hold placeholders; `output` may be empty.
 */
export interface Prompt {
  readonly system: string;
  readonly output: string;
}

/** One message of a chat, in the form that every provider understands. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Names of the placeholders of both components, each once. */
export function placeholderNames({ system, output }: Prompt): string[] {
  const found = [...findPlaceholders(system), ...findPlaceholders(output)];
  return [...new Set(found.map(({ name }) => name))];
}

/**
 * The messages that one row sends to the task model.
 *
 * Placeholders are filled literally and once, so that `$&` or `{{x}}` inside a row stays what it
 * is. Inputs that no placeholder names follow in the user message, so that a plain system prompt
 * works with any dataset. Where nothing is left for the user message, the system text becomes it:
 * several providers refuse a chat without a user turn.
 */
export function renderPrompt(prompt: Prompt, inputs: Readonly<Record<string, string>>): Message[] {
  const named = new Set(placeholderNames(prompt));
  const system = fillPlaceholders(prompt.system, inputs);
  const rest = Object.entries(inputs).filter(([name]) => !named.has(name));
  const unplaced =
    rest.length === 1
      ? rest.map(([, value]) => value)
      : rest.map(([name, value]) => `${name}: ${value}`);
  const user = [...unplaced, fillPlaceholders(prompt.output, inputs)]
    .filter(part => part !== '')
    .join('\n\n');
  if (user === '') return [{ role: 'user', content: system }];
  if (system === '') return [{ role: 'user', content: user }];
  return [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
}

/** Whether two prompts read the same, component by component. */
export function samePrompt(left: Prompt, right: Prompt): boolean {
  return left.system === right.system && left.output === right.output;
}
