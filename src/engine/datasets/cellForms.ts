import type { ExampleMessage, Split } from '../core/example.ts';
import { cellOf, elementsOf, membersOf } from './jsonCells.ts';

/**
 * The texts of a list such as `["a", 1]`, or of SQuAD's `{"text": ["a"], …}`; numbers stay as they
 * are written. Undefined for anything else, also for lists of lists or objects.
 */
export function listIn(cell: string): string[] | undefined {
  const text = cell.trim();
  const value = parsed(text);
  if (Array.isArray(value)) {
    if (value.some(each => typeof each === 'object' && each !== null)) return undefined;
    return elementsOf(text).flatMap(raw => cellOf(raw) ?? []);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const inner = [...membersOf(text)].find(([name]) => name === 'text')?.[1];
  return inner?.startsWith('[') ? listIn(inner) : undefined;
}

/** A set of labels: a list, or text divided by commas, semicolons or bars; sorted, each once. */
export function labelsIn(cell: string): string[] {
  const found = listIn(cell) ?? cell.split(/[,;|]/u).map(label => label.trim());
  return [...new Set(found.filter(label => label !== ''))].sort();
}

/**
 * The messages of a conversation, `[{"role": "user", "content": "…"}, …]`; content in parts is
 * joined. Undefined where it is no such list, or where a part is no text (an image, a call).
 */
export function messagesIn(cell: string): ExampleMessage[] | undefined {
  if (!/^\s*\[\s*\{/u.test(cell)) return undefined;
  const value = parsed(cell);
  if (!Array.isArray(value)) return undefined;
  const messages: ExampleMessage[] = [];
  for (const each of value as unknown[]) {
    if (typeof each !== 'object' || each === null) return undefined;
    const { role, content } = each as { role?: unknown; content?: unknown };
    const text = textOfContent(content);
    if (typeof role !== 'string' || text === undefined) return undefined;
    messages.push({ role, content: text });
  }
  return messages;
}

function textOfContent(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = (content as unknown[]).map(part =>
    typeof part === 'object' && part !== null && 'text' in part ? part.text : undefined,
  );
  return texts.every(text => typeof text === 'string') ? texts.join('') : undefined;
}

const splitNames: ReadonlyMap<string, Split> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['validation', 'validation'],
  ['valid', 'validation'],
  ['val', 'validation'],
  ['dev', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
  ['eval', 'test'],
]);

/** The split that a word means. */
export function splitNamed(word: string): Split | undefined {
  return splitNames.get(word.trim().toLowerCase());
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/u.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const good = ['yes', 'y', 'good', 'pass', 'passed', 'true', '1', 'right', 'correct', 'ok'];
const bad = ['no', 'n', 'bad', 'fail', 'failed', 'false', '0', 'wrong', 'incorrect'];

/** What a person said of an answer, whether it is good; undefined where the cell is no verdict. */
export function humanVerdict(cell: string): boolean | undefined {
  const word = cell.trim().toLowerCase();
  return good.includes(word) ? true : bad.includes(word) ? false : undefined;
}
