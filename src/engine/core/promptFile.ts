import type { Prompt } from './prompt.ts';

const heading = /^# (System|Output)[ \t]*$/gim;

/**
 * Reads a prompt file: plain text is the system prompt; Markdown with a `# System` heading (and,
 * where there is one, an `# Output` heading) gives the two components. Text before the first of
 * these headings is not part of the prompt. Line ends become `\n`; blank lines around a component
 * are not part of it.
 */
export function parsePromptFile(text: string): Prompt {
  const body = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const marks = [...body.matchAll(heading)];
  if (!marks.some(mark => mark[1]?.toLowerCase() === 'system')) {
    return { system: trimLines(body), output: '' };
  }
  const parts: Record<string, string> = {};
  marks.forEach((mark, index) => {
    const end = marks[index + 1]?.index ?? body.length;
    const name = (mark[1] ?? '').toLowerCase();
    parts[name] = trimLines(body.slice(mark.index + mark[0].length, end));
  });
  return { system: parts['system'] ?? '', output: parts['output'] ?? '' };
}

/** Writes what {@link parsePromptFile} reads: headings only where there is an output component. */
export function formatPromptFile(prompt: Prompt): string {
  if (prompt.output === '') return `${prompt.system}\n`;
  return `# System\n\n${prompt.system}\n\n# Output\n\n${prompt.output}\n`;
}

function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').replace(/\s+$/, '');
}
