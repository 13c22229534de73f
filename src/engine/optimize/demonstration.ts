import type { Example } from '../core/example.ts';
import { findPlaceholders } from '../core/placeholders.ts';
import type { Prompt } from '../core/prompt.ts';

/** The line above the examples of a prompt. */
export const heading = 'Examples:';

/**
 * A prompt with train rows as examples, in every place that would do, the best first: before the
 * first line with a placeholder, before one of the lines above it, at the end.
 */
export function placesFor(
  prompt: Prompt,
  examples: readonly Example[],
  component: keyof Prompt,
): Prompt[] {
  const text = prompt[component];
  const block = blockOf(examples);
  const lines = text.split('\n');
  const first = lines.findIndex(line => findPlaceholders(line).length > 0);
  const before = Array.from({ length: first + 1 }, (_, up) => first - up).map(at =>
    [...lines.slice(0, at), `${block}${lines[at]}`, ...lines.slice(at + 1)].join('\n'),
  );
  const atEnd = `${text.trimEnd()}\n\n${block.trimEnd()}`.trimStart();
  return [...before, atEnd].map(changed => ({ ...prompt, [component]: changed }));
}

/** The prompt without its block of these examples; undefined where it does not hold just that block. */
export function withoutExamples(
  { system, output }: Prompt,
  examples: readonly Example[],
): Prompt | undefined {
  const block = blockOf(examples).trimEnd();
  if (system.includes(block)) return { system: cut(system, block), output };
  return output.includes(block) ? { system, output: cut(output, block) } : undefined;
}

/** The lines of a row as an example, where it stands in the prompt as one; else none. */
export function linesOfExample({ system, output }: Prompt, example: Example): string[] {
  const text = asText(example);
  return system.includes(text) || output.includes(text) ? text.split('\n') : [];
}

function cut(text: string, block: string): string {
  const at = text.indexOf(block);
  return text.slice(0, at) + text.slice(at + block.length);
}

function blockOf(examples: readonly Example[]): string {
  return [heading, ...examples.map(asText), ''].join('\n\n');
}

function asText({ inputs, expected = '' }: Example): string {
  const fields = Object.entries(inputs);
  const input = fields.map(([name, text]) => (fields.length === 1 ? text : `${name}: ${text}`));
  return `Input: ${input.join('\n')}\nAnswer: ${expected}`;
}
