import { isBlank, type TextRange } from './range.ts';

/** A string shorter than this is a word or a key and no prompt. */
const shortestPrompt = 40;

/** Templates inside templates beyond this are not read. */
const deepestNesting = 20;

/** How one kind of string begins and ends, and what makes its inside unsafe to replace raw. */
interface Quote {
  readonly open: string;
  readonly multiline: boolean;
  readonly unsafe: RegExp;
}

const plain = /\\/;
const quotes = {
  python: [
    { open: '"""', multiline: true, unsafe: plain },
    { open: "'''", multiline: true, unsafe: plain },
    { open: '"', multiline: false, unsafe: plain },
    { open: "'", multiline: false, unsafe: plain },
  ],
  script: [
    { open: '`', multiline: true, unsafe: /\\|\$\{/ },
    { open: '"', multiline: false, unsafe: plain },
    { open: "'", multiline: false, unsafe: plain },
  ],
} as const satisfies Record<string, readonly Quote[]>;

interface Syntax {
  readonly quotes: readonly Quote[];
  /** A comment, or anything else in which a quote opens no string. */
  readonly skipped: RegExp;
}

const python: Syntax = { quotes: quotes.python, skipped: /#[^\r\n]*/y };
const script: Syntax = {
  quotes: quotes.script,
  // A slash behind an operator or an opening bracket begins a regular expression.
  skipped:
    /\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|(?<=[(,=:[!&|?{};]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\r\n])*\]|[^/\\\r\n[])+\//y,
};

/** By VS Code's language id. */
const syntaxes: ReadonlyMap<string, Syntax> = new Map([
  ['python', python],
  ['javascript', script],
  ['javascriptreact', script],
  ['typescript', script],
  ['typescriptreact', script],
]);

/**
 * The inside of the string literal around an offset, where it is long enough to be a prompt and
 * every character in it stands for itself. Undefined for one with a backslash, a substitution or,
 * in Python, a prefix such as `f`, whose braces are not plain text.
 */
export function enclosingString(
  text: string,
  offset: number,
  language: string | undefined,
  shortest: number = shortestPrompt,
): TextRange | undefined {
  const syntax = syntaxes.get(language ?? '');
  if (!syntax) return undefined;
  let at = 0;
  while (at <= offset && at < text.length) {
    const skip = skippedTo(text, at, syntax.skipped);
    if (skip !== undefined) {
      at = skip;
      continue;
    }
    const quote = syntax.quotes.find(each => text.startsWith(each.open, at));
    if (!quote) {
      at += 1;
      continue;
    }
    const inside = insideOf(text, at, quote);
    // Unbalanced: from here on nobody can tell strings from code.
    if (!inside) return undefined;
    if (offset >= inside.start && offset <= inside.end) {
      return isSafe(text, at, inside, quote, shortest) ? inside : undefined;
    }
    at = inside.end + quote.open.length;
  }
  return undefined;
}

function skippedTo(text: string, at: number, skipped: RegExp): number | undefined {
  skipped.lastIndex = at;
  const found = skipped.exec(text);
  return found ? at + found[0].length : undefined;
}

function insideOf(text: string, open: number, quote: Quote, depth = 0): TextRange | undefined {
  if (depth > deepestNesting) return undefined;
  const start = open + quote.open.length;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (quote.open === '`' && text.startsWith('${', at))
      at = endOfSubstitution(text, at + 2, depth);
    else if (text.startsWith(quote.open, at)) return { start, end: at };
    else if (!quote.multiline && /[\r\n]/.test(text[at] ?? '')) return undefined;
  }
  return undefined;
}

/** Offset of the brace that ends a substitution, over the braces and strings inside it. */
function endOfSubstitution(text: string, start: number, depth: number): number {
  let open = 1;
  for (let at = start; at < text.length; at += 1) {
    const quote = quotes.script.find(each => text.startsWith(each.open, at));
    if (quote) at = insideOf(text, at, quote, depth + 1)?.end ?? text.length;
    else if (text[at] === '{') open += 1;
    else if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  return text.length;
}

function isSafe(
  text: string,
  open: number,
  { start, end }: TextRange,
  quote: Quote,
  shortest: number,
): boolean {
  const inside = text.slice(start, end);
  const prefixed = /[\p{L}\p{N}_$)\]]/u.test(text[open - 1] ?? '');
  return !prefixed && !quote.unsafe.test(inside) && inside.length >= shortest && !isBlank(inside);
}
