/** The ways in which prompts mark a variable. */
export type Dialect = 'mustache' | 'brace' | 'dollar' | 'percent';

/** One occurrence of a variable in a prompt text; `start` and `end` are UTF-16 offsets. */
export interface Placeholder {
  readonly name: string;
  readonly dialect: Dialect;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** What a rewrite did to the placeholders of a prompt, by their raw spelling; counts matter. */
export interface PlaceholderChange {
  readonly lost: readonly string[];
  readonly invented: readonly string[];
}

// Longest marks first: `{{x}}` is one mustache, not a brace inside braces.
const dialects: readonly (readonly [Dialect, RegExp])[] = [
  ['mustache', /\{\{\s*([\p{L}_][\p{L}\p{N}_.-]*)\s*\}\}/uy],
  ['dollar', /\$\{([\p{L}_][\p{L}\p{N}_.]*)\}/uy],
  ['percent', /%\(([\p{L}_][\p{L}\p{N}_]*)\)[sdifr]/uy],
  ['brace', /\{([\p{L}_][\p{L}\p{N}_.]*)\}/uy],
];

/** Every placeholder of `text`, in order, without overlaps. */
export function findPlaceholders(text: string): Placeholder[] {
  const found: Placeholder[] = [];
  let at = 0;
  while (at < text.length) {
    const next = placeholderAt(text, at);
    if (next) found.push(next);
    at = next?.end ?? at + 1;
  }
  return found;
}

function placeholderAt(text: string, start: number): Placeholder | undefined {
  for (const [dialect, pattern] of dialects) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (match) {
      const raw = match[0];
      return { name: match[1] ?? '', dialect, raw, start, end: start + raw.length };
    }
  }
  return undefined;
}

/** Puts the values in, each exactly as it is; a placeholder without a value stays as written. */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  let filled = '';
  let end = 0;
  for (const placeholder of findPlaceholders(text)) {
    const value = Object.hasOwn(values, placeholder.name) ? values[placeholder.name] : undefined;
    filled += text.slice(end, placeholder.start) + (value ?? placeholder.raw);
    end = placeholder.end;
  }
  return filled + text.slice(end);
}

/** Compares the placeholders of two texts as multisets of their raw spelling. */
export function comparePlaceholders(before: string, after: string): PlaceholderChange {
  const left = findPlaceholders(before).map(placeholder => placeholder.raw);
  const right = findPlaceholders(after).map(placeholder => placeholder.raw);
  return { lost: minus(left, right), invented: minus(right, left) };
}

function minus(left: readonly string[], right: readonly string[]): string[] {
  const rest = [...right];
  return left.filter(item => {
    const index = rest.indexOf(item);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
