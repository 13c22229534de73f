import { anchorOf, knowsLanguage, RequestError } from '../engine/index.ts';
import type { PromptLiteral, SourceReader, TextRange } from '../engine/index.ts';
import type { LiteralPlace, SpanPlace } from './refinementReview.ts';

/** A prompt as it was found in a text. */
export interface FoundPrompt {
  readonly place: LiteralPlace | SpanPlace;
  /** UTF-16 offset in the text where it begins. */
  readonly offset: number;
  /** As its program reads it, with `\n` between lines and without white space at its ends. */
  readonly text: string;
  /** Why it can be refined but not be written back. */
  readonly refusal?: string;
}

/** More prompts than this under one selection were hardly meant. */
const mostAtOnce = 10;

/**
 * The prompts at a cursor or under a selection: the literal around it, the selected part of it, or
 * every literal that a selection across several touches. Prose that was selected is taken as it
 * stands. Throws a `RequestError` where there is nothing to take.
 */
export async function findPrompts(
  reader: SourceReader,
  text: string,
  range: TextRange,
  language: string,
): Promise<readonly FoundPrompt[]> {
  const selected = text.slice(range.start, range.end);
  if (text.trim() === '') {
    throw new RequestError('This document is empty. Write a prompt into it first.');
  }
  if (selected !== '' && selected.trim() === '') {
    throw new RequestError('Only white space is selected. Select the text to refine.');
  }
  const found = await reader.find(text, range, language);
  const asSelected = found.length === 1 && isProseSelection(found[0]);
  if (asSelected || (found.length === 0 && selected !== '')) {
    const around = asSelected ? await enclosing(reader, text, range, language) : undefined;
    if (around) return [partOf(text, around, range)];
    if (!asSelected && knowsLanguage(language)) throw nothingSafe();
    return [spanOf(text, range)];
  }
  const prompts = selected === '' ? atCursor(found) : acrossSelection(found);
  if (prompts.length > mostAtOnce) {
    throw new RequestError(
      `The selection touches ${prompts.length} strings. Select ${mostAtOnce} at most.`,
    );
  }
  const withText = prompts.filter(({ text: inside }) => inside.trim() !== '');
  if (withText.length > 0) return withText.map(literal => partOf(text, literal, range));
  const [refused] = prompts.flatMap(({ refusal }) => refusal ?? []);
  throw new RequestError(
    refused ?? 'There is no prompt around the cursor. Select the text to refine.',
  );
}

function nothingSafe(): RequestError {
  return new RequestError(
    'The selection touches no string, so nothing in it can be rewritten safely. Select text inside of a string.',
  );
}

function isProseSelection(literal: PromptLiteral | undefined): boolean {
  return literal?.path === 'selection';
}

async function enclosing(
  reader: SourceReader,
  text: string,
  { start, end }: TextRange,
  language: string,
): Promise<PromptLiteral | undefined> {
  const all = await reader.all(text, language);
  return all
    .filter(each => each.start <= start && end <= each.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
}

// A key inside of an interpolation is no prompt: what has words is meant.
function atCursor(found: readonly PromptLiteral[]): readonly PromptLiteral[] {
  const meant = found.find(hasWords) ?? found[0];
  return meant ? [meant] : [];
}

function acrossSelection(found: readonly PromptLiteral[]): readonly PromptLiteral[] {
  const [inner] = found;
  if (found.length > 1 && inner && found.every(each => contains(each, inner))) {
    return atCursor(found);
  }
  const meant = found.filter(hasWords);
  return meant.length > 0 ? meant : found;
}

function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function hasWords({ text }: PromptLiteral): boolean {
  return /\S\s+\S/.test(text);
}

/** The literal's text, or what of it lies under a selection that ends inside of it. */
function partOf(file: string, literal: PromptLiteral, range: TextRange): FoundPrompt {
  const { text: whole, units, refusal } = literal;
  const isInside = range.start < range.end && contains(literal, range);
  const start = isInside ? textOffset(literal, range.start, 'start') : 0;
  const end = isInside ? textOffset(literal, range.end, 'end') : whole.length;
  const isEmpty = whole.slice(start, end).trim() === '';
  const part = trimmed(whole, isEmpty ? { start: 0, end: whole.length } : { start, end });
  const values = new Set(units.filter(({ kind }) => kind === 'value').map(unit => unit.text));
  return {
    place: {
      kind: 'literal',
      anchor: anchorOf(file, literal),
      whole,
      ...(values.size > 0 ? { values: [...values] } : {}),
      ...part,
    },
    offset: units[0]?.start ?? literal.start,
    text: whole.slice(part.start, part.end),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** Offset in the literal's text; what cannot be split belongs to the selection as a whole. */
function textOffset({ units }: PromptLiteral, offset: number, side: 'start' | 'end'): number {
  let at = 0;
  for (const { kind, start, end, text } of units) {
    if (offset <= start) return at;
    if (offset < end) {
      if (kind === 'plain') return at + offset - start;
      return side === 'start' ? at : at + text.length;
    }
    at += text.length;
  }
  return at;
}

function spanOf(text: string, range: TextRange): FoundPrompt {
  const { start, end } = trimmed(text, range);
  const raw = text.slice(start, end);
  const place = { kind: 'span', start, text: raw } as const;
  return { place, offset: start, text: raw.replace(/\r\n?/g, '\n') };
}

// White space at the ends belongs to the document; a model would not give it back.
function trimmed(text: string, { start, end }: TextRange): TextRange {
  const inside = text.slice(start, end);
  const leading = inside.length - inside.trimStart().length;
  return { start: start + leading, end: start + inside.trimEnd().length };
}
