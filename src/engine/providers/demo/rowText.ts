import type { Message } from '../../core/prompt.ts';
import { allowedAnswers } from './allowedAnswers.ts';

/** The texts of a request taken apart: what is asked, and what it is asked about. */
export interface Reading {
  readonly instructions: string;
  readonly row: string;
}

/**
 * Tells the row from the instructions by the text alone, as a reader would: a marked block
 * (`<ticket>…</ticket>`, a fenced block, `Ticket: …`), else the user's message where a system
 * message stands before it, else the last paragraph.
 */
export function readMessages(messages: readonly Message[]): Reading {
  const texts = messages.map(message => message.content);
  const last = texts.at(-1) ?? '';
  const before = texts.slice(0, -1).join('\n\n');
  if (texts.length <= 1) return markedBlock(last) ?? lastParagraph(last);
  // A user message that only says how to answer belongs to the prompt; the row stands before it.
  const marked = asksForForm(last) ? markedBlock(before) : undefined;
  if (marked) return { ...marked, instructions: `${marked.instructions}\n\n${last}` };
  const found = fenced(last) ?? leadingText(last);
  return { row: found.row, instructions: `${before}\n\n${found.instructions}` };
}

function lastParagraph(text: string): Reading {
  const paragraphs = text.trim().split(/\n{2,}/);
  return { instructions: paragraphs.slice(0, -1).join('\n\n'), row: paragraphs.at(-1) ?? '' };
}

function leadingText(text: string): Reading {
  const paragraphs = text.split(/\n{2,}/);
  const row = leadingRow(paragraphs);
  return {
    row: row.join('\n\n').trim(),
    instructions: paragraphs.slice(row.length).join('\n\n'),
  };
}

function asksForForm(text: string): boolean {
  return (
    /\b(?:answer|reply|respond|output|return|write)\b[^\n]*\b(?:only|with|as|in)\b|\bnothing else\b|\bJSON\b/i.test(
      text.split(/\n{2,}/)[0] ?? '',
    ) || allowedAnswers(text).length > 0
  );
}

function markedBlock(text: string): Reading | undefined {
  return fenced(text) ?? labelled(text);
}

function fenced(text: string): Reading | undefined {
  const blocks = [
    ...text.matchAll(
      /<([a-z][\w-]*)>\n?([^<>]*?[^<>\s.…][^<>]*?)\n?<\/\1>|"""\n?([^]+?)\n?"""|```\w*\n([^]+?)\n```/gi,
    ),
  ].filter(match => !/^(?:output|answer|format|label|rules?|examples?)$/i.test(match[1] ?? ''));
  const block = blocks.at(-1);
  if (!block) return undefined;
  const row = (block[2] ?? block[3] ?? block[4] ?? '').trim();
  // Two words in tags are a placeholder for the form of an answer, not a text to read.
  if (row.split(/\s+/).length < 3) return undefined;
  const end = block.index + block[0].length;
  return { instructions: `${text.slice(0, block.index)}\n${text.slice(end)}`, row };
}

const notARow =
  /^(?:rules?|answers?|output|format|labels?|categor(?:y|ies)|options?|choices|notes?|examples?|instructions?|guidelines?|steps?|policy|policies|remember|important|role|teams?|task|classes|tips?)\b/i;

function labelled(text: string): Reading | undefined {
  const labels = [
    ...text.matchAll(/^(?:#+ |\*\*)?([\p{L}][\p{L} ]{1,24}):(?:\*\*)?[ \t]*(?=\S|\n\S)/gmu),
  ]
    .filter(match => !notARow.test(match[1] ?? ''))
    .filter(match => (match[1] ?? '').trim().split(' ').length <= 2);
  // A row may hold labels of its own ("Order: 12"): the one that begins a paragraph is the mark.
  const label =
    labels.findLast(match => /(?:^|\n\s*\n)$/.test(text.slice(0, match.index))) ?? labels[0];
  if (!label) return undefined;
  const start = label.index + label[0].length;
  const paragraphs = text.slice(start).split(/\n{2,}/);
  const row = leadingRow(paragraphs);
  if (row.length === 0) return undefined;
  const rest = paragraphs.slice(row.length).join('\n\n');
  return { instructions: `${text.slice(0, label.index)}\n${rest}`, row: row.join('\n\n').trim() };
}

/** The paragraphs before the first that instructs; the first always belongs to the row. */
function leadingRow(paragraphs: readonly string[]): string[] {
  const end = paragraphs.findIndex((paragraph, index) => index > 0 && instructs(paragraph));
  return paragraphs.slice(0, end < 0 ? paragraphs.length : end);
}

function instructs(paragraph: string): boolean {
  return (
    /^(?:[-*•#]\s|(?:answer|reply|respond|return|write|output|give|use|choose|pick|classify|label|team|category)\b)/i.test(
      paragraph.trim(),
    ) || allowedAnswers(paragraph).length > 0
  );
}
