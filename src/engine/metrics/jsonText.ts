import { strip } from './pythonText.ts';

/** A JSON value with the text that it was read from, or why there is none. */
export type ReadJson =
  { readonly value: unknown; readonly json: string } | { readonly problem: string };

/**
 * Reads an answer as JSON. Whitespace around it does not count; a fence of three backticks around
 * the whole answer only where `fenced` allows it. Nothing else may stand beside the value.
 */
export function readJson(text: string, fenced = false): ReadJson {
  const bare = strip(text);
  const inside = fenced ? /^```(?:json)?[ \t]*\r?\n([^]*?)\r?\n?```$/iu.exec(bare)?.[1] : undefined;
  const json = inside ?? bare;
  try {
    return { value: JSON.parse(json) as unknown, json };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The values without parts of their own in a JSON value, by the path to each: `/name/0`. An empty
 * list or object is such a value too.
 */
export function leavesOf(value: unknown): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  const open: [path: string, value: unknown][] = [['', value]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, each] = next;
    const parts = typeof each === 'object' && each !== null ? Object.entries(each) : [];
    if (parts.length === 0) leaves.set(path, emptied(each));
    for (const [key, part] of parts) {
      open.push([`${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, part]);
    }
  }
  return leaves;
}

/** Empty lists and objects as texts that no JSON value is, so that they compare as values do. */
function emptied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? emptyList : emptyObject;
}

const emptyList = Symbol('[]');
const emptyObject = Symbol('{}');
