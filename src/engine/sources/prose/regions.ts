import { isBlank, linesOf, trimmed, type Line, type TextRange } from '../range.ts';

/** A fenced block (CommonMark 0.31, section 4.5). */
export interface Fence extends TextRange {
  /** The lines between the fences, without the last line end; undefined where there are none. */
  readonly inside: TextRange | undefined;
  /** Indentation of the opening fence, in columns. */
  readonly indent: number;
  /** The backticks or tildes that open it. */
  readonly marks: string;
}

/** The parts of a prose file. */
export interface Regions {
  /** YAML between `---` lines at the top, with its fences; undefined where there is none. */
  readonly frontMatter: TextRange | undefined;
  readonly fences: readonly Fence[];
  /** Everything behind the front matter, without white space at its ends. */
  readonly body: TextRange;
  readonly paragraphs: readonly TextRange[];
  /** Messages between role lines (`system:`), for prompty files; empty where there is no role line. */
  readonly sections: readonly (TextRange & { readonly role: string })[];
}

const roleLine =
  /^\s*#?\s*(system|user|assistant|developer|tool|function)\s*(?:\[[^\]]*\])?\s*:\s*$/i;

/** Finds the parts of a text; role lines count where `hasRoles` says so. */
export function regionsOf(text: string, hasRoles: boolean): Regions {
  const lines = linesOf(text);
  const first = frontMatterEnd(lines);
  const rest = lines.slice(first);
  const begin = rest[0]?.start ?? text.length;
  return {
    frontMatter: first > 0 ? { start: 0, end: lines[first - 1]?.end ?? 0 } : undefined,
    fences: fencesOf(rest),
    body: trimmed(text, { start: begin, end: text.length }),
    paragraphs: paragraphsOf(text, rest),
    sections: hasRoles ? sectionsOf(text, rest) : [],
  };
}

function frontMatterEnd(lines: readonly Line[]): number {
  if (!/^\ufeff?---[ \t]*$/.test(lines[0]?.text ?? '')) return 0;
  const close = lines.findIndex(
    (line, index) => index > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line.text),
  );
  return close < 0 ? 0 : close + 1;
}

function fencesOf(lines: readonly Line[]): Fence[] {
  const fences: Fence[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [, space = '', backticks, tildes] =
      /^( *)(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(lines[index]?.text ?? '') ?? [];
    const marks = backticks ?? tildes;
    if (marks === undefined) continue;
    const close = lines.findIndex((line, at) => at > index && closes(line, marks));
    // An open end makes the rest of the file code; nobody can tell what was meant.
    if (close < 0) break;
    const start = lines[index]?.start ?? 0;
    const end = lines[close]?.end ?? start;
    const inside = { start: lines[index + 1]?.start ?? start, end: lines[close - 1]?.end ?? start };
    const isEmpty = close === index + 1;
    fences.push({ start, end, inside: isEmpty ? undefined : inside, indent: space.length, marks });
    index = close;
  }
  return fences;
}

function closes(line: Line, marks: string): boolean {
  const [, found] = /^ *(`{3,}|~{3,})[ \t]*$/.exec(line.text) ?? [];
  return found?.startsWith(marks) ?? false;
}

function paragraphsOf(text: string, lines: readonly Line[]): TextRange[] {
  const paragraphs: TextRange[] = [];
  let start: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (isBlank(line.text)) start = undefined;
    else start ??= line.start;
    const next = lines[index + 1];
    if (start !== undefined && (!next || isBlank(next.text))) {
      paragraphs.push(trimmed(text, { start, end: line.end }));
    }
  }
  return paragraphs;
}

function sectionsOf(text: string, lines: readonly Line[]) {
  const sections: (TextRange & { role: string })[] = [];
  let role: string | undefined;
  let start = 0;
  const finish = (end: number) => {
    const range = trimmed(text, { start, end });
    if (role !== undefined && range.end > range.start) sections.push({ ...range, role });
  };
  for (const line of lines) {
    const found = roleLine.exec(line.text)?.[1];
    if (found === undefined) continue;
    finish(line.start);
    role = found.toLowerCase();
    start = line.end;
  }
  finish(text.length);
  return sections;
}
