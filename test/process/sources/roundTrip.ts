import assert from 'node:assert/strict';
import { encodeLiteral } from '../../../src/engine/sources/encode.ts';
import type { HostSyntax, PromptLiteral } from '../../../src/engine/sources/literal.ts';
import { changed, type Editing } from './arbitraries.ts';

/** How many texts were written, refused, or stood in a literal that is not edited. */
export interface Count {
  written: number;
  refused: number;
  unread: number;
  same: number;
}

/** A count of nothing. */
export function noCount(): Count {
  return { written: 0, refused: 0, unread: 0, same: 0 };
}

/** What a literal reads as when its interpolations have these values. */
export function filledUnits(
  { units }: PromptLiteral,
  values: Readonly<Record<string, string>>,
): string {
  return units.map(({ kind, text }) => (kind === 'value' ? (values[text] ?? text) : text)).join('');
}

/** What a new text of a literal reads as when its interpolations have these values. */
export function filledText(
  { units }: PromptLiteral,
  text: string,
  values: Readonly<Record<string, string>>,
): string {
  const known = [...new Set(units.filter(({ kind }) => kind === 'value').map(unit => unit.text))];
  let result = '';
  for (let at = 0; at < text.length;) {
    const value = known.find(each => text.startsWith(each, at));
    result += value === undefined ? text.charAt(at) : (values[value] ?? value);
    at += value?.length ?? 1;
  }
  return result;
}

/** What a test is told about every file that came out of a rewrite. */
export type Judge = (file: string, literal: PromptLiteral, text: string) => void;

/**
 * Finds the literal at `range`, changes its text, and hands every file that results (also those of
 * alternatives) to the judge. Bytes around the literal are held against the file before.
 */
export function roundTrip(
  host: HostSyntax,
  file: string,
  range: { readonly start: number; readonly end: number },
  editing: Editing,
  count: Count,
  judge: Judge,
): void {
  const source = host.open(file, undefined);
  const literal = source.literalsAt(range).at(-1);
  assert.ok(literal, 'no literal was found');
  if (literal.refusal !== undefined) {
    count.unread += 1;
    return;
  }
  const text = changed(literal.text, editing);
  if (text === literal.text) {
    count.same += 1;
    return;
  }
  const result = encodeLiteral(host, source, literal, text, { valuesMayChange: true });
  const around = [file.slice(0, literal.start), file.slice(literal.end)] as const;
  if (result.kind === 'refused') {
    count.refused += 1;
    assert.notEqual(result.reason, '');
    for (const other of result.alternatives) {
      judge(file.slice(0, other.start) + other.source + file.slice(other.end), literal, text);
    }
    return;
  }
  count.written += 1;
  assert.ok(result.file.startsWith(around[0]) && result.file.endsWith(around[1]));
  assert.equal(result.file, around[0] + result.source + around[1]);
  judge(result.file, literal, text);
}
