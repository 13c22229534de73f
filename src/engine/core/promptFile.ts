import type { Prompt } from './prompt.ts';

const heading = /^# (System|Output)[ \t]*$/gim;
const headingLine = /^(?=\\*# (?:System|Output)[ \t]*$)/gim;
const escapedHeading = /^\\(?=\\*# (?:System|Output)[ \t]*$)/gim;

/**
 * Reads a prompt file: plain text is the system prompt; Markdown with a `# System` heading (and,
 * where there is one, an `# Output` heading) gives the two components. Text before the
 * first of these headings is not part of the prompt. A line of a component that reads like one of
 * the headings has a backslash before it. Line ends become `\n`; blank lines around a component
 * are not part of it.
 */
export function parsePromptFile(text: string): Prompt {
  const body = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const marks = [...body.matchAll(heading)];
  const system = marks.find(mark => isNamed(mark, 'system'));
  if (!system) return { system: trimLines(body), output: '' };
  const output = marks.find(mark => isNamed(mark, 'output'));
  return { system: component(body, system, output), output: component(body, output, system) };
}

/** Writes what {@link parsePromptFile} reads; headings only where plain text would not do. */
export function formatPromptFile({ system, output }: Prompt): string {
  const isPlain = output === '' && system.search(heading) < 0;
  if (isPlain) return `${system}\n`;
  const first = `# System\n\n${withEscapes(system)}\n`;
  return output === '' ? first : `${first}\n# Output\n\n${withEscapes(output)}\n`;
}

function isNamed(mark: RegExpExecArray, name: string): boolean {
  return mark[1]?.toLowerCase() === name;
}

/** The text behind a heading, up to the other one or to the end. */
function component(body: string, own: RegExpExecArray | undefined, other?: RegExpExecArray) {
  if (!own) return '';
  const end = other && other.index > own.index ? other.index : body.length;
  return trimLines(body.slice(own.index + own[0].length, end)).replace(escapedHeading, '');
}

function withEscapes(text: string): string {
  return text.replace(headingLine, '\\');
}

function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}
