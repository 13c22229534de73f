import { isInvisible, lineEndOf, type FileText } from '../characters.ts';
import type { Alternative, HostSyntax, OpenSource, Piece, PromptLiteral } from '../literal.ts';
import { isBlank, linesOf, type TextRange } from '../range.ts';
import { textOf, unitList } from '../units.ts';
import { regionsOf, type Fence, type Regions } from './regions.ts';

/** A document of at most this many characters is one prompt, where nothing says that it is. */
const shortDocument = 4_000;

/** Markdown: a fenced block, else the body of a short document, else the paragraph. */
export const markdown: HostSyntax = proseHost('markdown', { hasRoles: false, isPrompt: false });
/** Files that are one prompt behind their front matter: `.prompt.md`, `.instructions.md`. */
export const promptFile: HostSyntax = proseHost('markdown', { hasRoles: false, isPrompt: true });
/** Prompty files, version 1 and 2: front matter, then a body or messages behind role lines. */
export const prompty: HostSyntax = proseHost('prompty', { hasRoles: true, isPrompt: true });
/** Plain text: the same without a meaning for roles. */
export const plainText: HostSyntax = proseHost('text', { hasRoles: false, isPrompt: false });

function proseHost(
  host: string,
  { hasRoles, isPrompt }: { readonly hasRoles: boolean; readonly isPrompt: boolean },
): HostSyntax {
  return {
    open(text) {
      const regions = regionsOf(text, hasRoles);
      const isWhole = isPrompt || regions.body.end - regions.body.start <= shortDocument;
      const file = { text, lineEnd: lineEndOf(text) };
      const literals = literalsOf(host, file, regions, isWhole);
      const source: OpenSource = {
        text,
        literalsAt: range => {
          const touching = literals.filter(
            each => each.start <= range.end && each.end >= range.start,
          );
          const isBare = range.start === range.end;
          if (isBare || isBlank(text.slice(range.start, range.end))) {
            return isBare && touching.length === 0
              ? nearest(literals, regions, range.start)
              : touching;
          }
          return [literalOf(host, 'selected text', 'selection', file, range), ...touching];
        },
        allLiterals: () => literals,
        outline: range => outlineOf(text, regions, range),
      };
      return source;
    },
  };
}

/** White space between the parts of a prompt belongs to the part that follows, or to the last. */
function nearest(literals: readonly PromptLiteral[], { frontMatter }: Regions, offset: number) {
  if (frontMatter && offset <= frontMatter.end) return [];
  const outer = literals.filter(each => each.style !== 'fenced block');
  const found = outer.find(each => each.start >= offset) ?? outer.at(-1);
  return found ? [found] : [];
}

function literalsOf(
  host: string,
  file: FileText,
  regions: Regions,
  isWhole: boolean,
): PromptLiteral[] {
  const { fences, body, paragraphs, sections } = regions;
  const blocks = fences.flatMap((fence, index) =>
    fence.inside && !isBlank(file.text.slice(fence.inside.start, fence.inside.end))
      ? [fenceLiteral(host, file, fence, fence.inside, index)]
      : [],
  );
  const parts =
    sections.length > 0
      ? sections.map(each => literalOf(host, `${each.role} message`, each.role, file, each))
      : !isWhole
        ? paragraphs.map((each, index) => literalOf(host, 'paragraph', `${index}`, file, each))
        : body.end > body.start
          ? [literalOf(host, host === 'text' ? 'text' : 'body', 'body', file, body)]
          : [];
  return [...blocks, ...parts];
}

function fenceLiteral(
  host: string,
  file: FileText,
  { indent, marks, start, end }: Fence,
  inside: TextRange,
  index: number,
): PromptLiteral {
  const literal = literalOf(host, 'fenced block', `fence ${index}`, file, inside, indent);
  const opening = file.text.slice(start, inside.start);
  const closing = file.text.slice(inside.end, end);
  const alternatives = (text: string): Alternative[] => {
    const runs = text.match(marks.startsWith('`') ? /`{3,}/g : /~{3,}/g) ?? [];
    const longest = Math.max(marks.length, ...runs.map(run => run.length + 1));
    const longer = marks.charAt(0).repeat(longest);
    const lines = text.split('\n').map(line => (line === '' ? '' : literal.margin + line));
    const body = lines.join(file.lineEnd);
    const source = opening.replace(marks, longer) + body + closing.replace(/(`{3,}|~{3,})/, longer);
    return longest > marks.length
      ? [{ title: 'Use a longer fence', source, place: { start, end } }]
      : [];
  };
  return { ...literal, alternatives };
}

/** A range whose characters stand for themselves; `indent` columns of each line belong to the file. */
function literalOf(
  host: string,
  style: string,
  path: string,
  { text: file, lineEnd }: FileText,
  { start, end }: TextRange,
  indent = 0,
): PromptLiteral {
  const list = unitList();
  const lines = linesOf(file.slice(start, end));
  for (const [index, line] of lines.entries()) {
    const leading = /^ */.exec(line.text)?.[0].length ?? 0;
    const from = start + line.start + Math.min(indent, leading);
    if (from > start + line.start) list.add('indent', start + line.start, from, '');
    list.add('plain', from, start + line.end, file.slice(from, start + line.end));
    const next = lines[index + 1];
    if (!next) continue;
    const isPlain = next.start - line.end === 1 && file.charAt(start + line.end) === '\n';
    list.add(isPlain ? 'plain' : 'escape', start + line.end, start + next.start, '\n');
  }
  return {
    host,
    style,
    path,
    start,
    end,
    inside: { start, end },
    margin: ' '.repeat(indent),
    text: textOf(list.units),
    units: list.units,
    pieces: [verbatim(lineEnd)],
    refusal: undefined,
    caution: undefined,
    alternatives: () => [],
    respellings: () => [],
  };
}

function verbatim(lineEnd: string): Piece {
  return {
    mark: '',
    spell: text => {
      const isSafe = [...text].every(
        each => !isInvisible(each) || /[\n\t\x7f-\x9f\u2028\u2029\ufeff\f\v\x1b]/.test(each),
      );
      return isSafe ? text.replaceAll('\n', lineEnd) : undefined;
    },
    holdsValue: () => false,
    nextLine: undefined,
  };
}

function outlineOf(
  text: string,
  { frontMatter, fences, sections }: Regions,
  { start, end }: TextRange,
): number[] {
  const place = (offset: number) => (offset >= end ? offset - text.length - 1 : offset);
  const around = [...(frontMatter ? [frontMatter] : []), ...fences, ...sections];
  const places = around
    .filter(each => each.start < start || each.end > end)
    .flatMap(each => [place(each.start), place(each.end)]);
  // A message must not fall apart into several.
  return [sections.length, ...places];
}
