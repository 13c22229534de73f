import type { Message, Prompt } from '../../core/prompt.ts';
import { allTagged, taggedText } from './tags.ts';

/** One row as the optimizer model is shown it. */
export interface ShownRow {
  readonly input: string;
  readonly output: string;
  readonly expected: string;
  readonly failed: boolean;
}

/** What an optimizer request says: the prompt as it is, and rows with their answers. */
export interface OptimizerRequest {
  readonly prompt: Prompt;
  readonly rows: readonly ShownRow[];
}

/**
 * Reads a request by its tags: `<prompt_system>`, `<prompt_output>`, and rows as
 * `<row><input><output><expected><verdict>`. Undefined where no prompt is in it.
 */
export function readOptimizerRequest(messages: readonly Message[]): OptimizerRequest | undefined {
  const user = messages.findLast(message => message.role === 'user')?.content ?? '';
  // The prompt stands before the rows; tags further down show the form of the wanted answer.
  const system = taggedText(user, 'prompt_system');
  if (system === undefined) return undefined;
  return {
    prompt: { system, output: taggedText(user, 'prompt_output') ?? '' },
    rows: allTagged(user, 'row').map(readRow),
  };
}

function readRow(row: string): ShownRow {
  return {
    input: taggedText(row, 'input') ?? '',
    output: taggedText(row, 'output') ?? '',
    expected: (taggedText(row, 'expected') ?? '').trim(),
    failed: (taggedText(row, 'verdict') ?? 'failed').trim().startsWith('failed'),
  };
}
