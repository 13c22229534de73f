import {
  placeholderNames,
  RequestError,
  type ColumnMapping,
  type Prompt,
} from '../engine/index.ts';
import type { ColumnFlags } from './columnFlags.ts';

/**
 * What `--input`, `--target` and the flags of other columns say. `PLACEHOLDER=COLUMN` is taken as it stands. A bare column
 * feeds the placeholder of its own name; where the prompt has exactly one other placeholder and
 * one other column is named, the two belong together; any other column is an input of its name.
 */
export function mappingOf(flags: ColumnFlags, prompt: Prompt): Partial<ColumnMapping> | undefined {
  const { input, target: expected, references, labels, messages, context, note, split } = flags;
  const named = { expected, references, labels, messages, context, note, split };
  const said = Object.entries(named).filter(([, column]) => column !== undefined);
  if (input === undefined && said.length === 0) return undefined;
  return {
    ...(input === undefined ? {} : { inputs: inputColumns(input, prompt) }),
    ...Object.fromEntries(said),
  };
}

function inputColumns(inputs: readonly string[], prompt: Prompt): Record<string, string> {
  const named = inputs.filter(input => input.includes('=')).map(pair);
  const bare = inputs.filter(input => !input.includes('='));
  const mapped = new Map(named);
  const open = placeholderNames(prompt).filter(name => !mapped.has(name) && !bare.includes(name));
  const loose = bare.filter(column => !placeholderNames(prompt).includes(column));
  for (const column of bare) {
    const name = loose.length === 1 && open.length === 1 && column === loose[0] ? open[0] : column;
    mapped.set(name ?? column, column);
  }
  return Object.fromEntries(mapped);
}

function pair(input: string): [string, string] {
  const at = input.indexOf('=');
  const [name, column] = [input.slice(0, at), input.slice(at + 1)];
  if (name === '' || column === '') {
    throw new RequestError(`--input is "${input}", but it takes COLUMN or PLACEHOLDER=COLUMN.`);
  }
  return [name, column];
}
