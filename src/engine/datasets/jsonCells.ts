/** The outcome of reading one JSON text as a row. */
export type JsonRow =
  | { readonly cells: ReadonlyMap<string, string>; readonly warning?: string }
  | { readonly problem: string };

/**
 * One JSON object as cells. Strings are decoded; numbers, booleans, lists and objects stay as they
 * are written (9007199254740993 keeps its last digit); null is a missing cell.
 */
export function jsonCells(text: string): JsonRow {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { problem: `a row must be an object, this is ${kindOf(value)}.` };
    }
  } catch (error) {
    return { problem: `this is not valid JSON (${reasonOf(error)}).` };
  }
  const cells = new Map<string, string>();
  const names = new Set<string>();
  let warning: string | undefined;
  for (const [name, raw] of membersOf(text)) {
    if (names.has(name)) warning = `the name "${name}" stands twice in this row; the last is used.`;
    names.add(name);
    const cell = cellOf(raw);
    if (cell === undefined) cells.delete(name);
    else cells.set(name, cell);
    if (cell !== undefined && /\p{Surrogate}/u.test(cell)) {
      warning = `"${name}" holds half a character (a lone surrogate).`;
    }
  }
  return warning === undefined ? { cells } : { cells, warning };
}

/** The cell for a JSON value as written: strings decoded, null missing, all else as it stands. */
export function cellOf(raw: string): string | undefined {
  if (raw === 'null') return undefined;
  return raw.startsWith('"') ? String(JSON.parse(raw)) : raw;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** The parser's reason without the text of the row, which may be long or private. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/,? ?(?:\.\.\.)?".*" is not valid JSON/su, '')
    .replace(/ (?:in JSON )?at position (\d+).*/su, (_, at) => ` at character ${Number(at) + 1}`)
    .trim();
}

/** Name and raw value of each member of an object; the text is known to be valid JSON. */
export function* membersOf(text: string): Generator<[string, string]> {
  let depth = 0;
  let name: string | undefined;
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      if (depth === 1 && name === undefined) name = String(JSON.parse(text.slice(at, end)));
      at = end - 1;
    } else if (character === ':' && depth === 1 && start < 0) {
      start = at + 1;
    } else if ((character === ',' || character === '}') && depth === 1) {
      if (name !== undefined) yield [name, text.slice(start, at).trim()];
      name = undefined;
      start = -1;
      if (character === '}') return;
    } else if (character === '{' || character === '[') {
      depth++;
    } else if (character === '}' || character === ']') {
      depth--;
    }
  }
}

/** The elements of a list as written; the text is known to be valid JSON. */
export function elementsOf(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = 1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at) - 1;
    } else if (character === '{' || character === '[') {
      depth++;
    } else if ((character === ',' && depth === 1) || (character === ']' && depth === 1)) {
      const element = text.slice(start, at).trim();
      if (element !== '') elements.push(element);
      start = at + 1;
      if (character === ']') depth--;
    } else if (character === '}' || character === ']') {
      depth--;
    }
  }
  return elements;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
