import { lineChanges, textChanges } from './differences.ts';
import { isGenerated } from './generated.ts';
import type { HostSyntax, OpenSource, PromptLiteral } from './literal.ts';
import type { TextRange } from './range.ts';
import { rewrite } from './rewrite.ts';
import { splitAtValues, valuesOf } from './sourceWriter.ts';

/** A proven edit: replace the range by `source`, and the prompt reads as it was asked. */
export interface LiteralEdit extends TextRange {
  readonly kind: 'edit';
  readonly source: string;
  /** The whole file after the edit. */
  readonly file: string;
}

/** Another literal that was tried: replace the range by `source`, and the prompt reads as asked. */
export interface ProvenAlternative extends TextRange {
  /** For a button: "Use triple quotes". */
  readonly title: string;
  readonly source: string;
}

/** Nothing is written: why, and what else could hold the text. */
export interface EncodeRefusal {
  readonly kind: 'refused';
  /** One sentence. */
  readonly reason: string;
  readonly alternatives: readonly ProvenAlternative[];
}

/** What a text that was changed on purpose may do. */
export interface EncodeOptions {
  /** Interpolations may be dropped, moved or used twice. */
  readonly valuesMayChange?: boolean;
}

/**
 * Writes a new text into a literal. What did not change stays byte for byte; the result was read
 * back from the changed file: the same literal in the same place with exactly this text, and the
 * rest of the file with the same structure.
 */
export function encodeLiteral(
  host: HostSyntax,
  source: OpenSource,
  literal: PromptLiteral,
  text: string,
  { valuesMayChange = false }: EncodeOptions = {},
): LiteralEdit | EncodeRefusal {
  const refused = (
    reason: string,
    alternatives: readonly ProvenAlternative[] = [],
  ): EncodeRefusal => ({
    kind: 'refused',
    reason,
    alternatives,
  });
  if (literal.refusal !== undefined) return refused(literal.refusal);
  if (text === literal.text) return edit(source.text, literal, spelling(source.text, literal));
  if (isGenerated(source.text)) {
    return refused(
      'The top of this file says that a program made it, so what is written here would be lost; change what it is made from.',
    );
  }
  const obstacle = valueProblem(literal, text, valuesMayChange);
  if (obstacle !== undefined) return refused(obstacle);
  let problem = `A ${literal.style} cannot hold this text.`;
  for (const candidate of candidates(source.text, literal, text)) {
    const fault = faultOf(host, source, literal, candidate, text);
    if (fault === undefined) return edit(source.text, literal, candidate);
    problem = fault;
  }
  const others = literal
    .alternatives(text)
    .map(({ title, source: other, place = literal }) => {
      return { title, source: other, start: place.start, end: place.end };
    })
    .filter(each => faultOf(host, source, literal, each.source, text, each) === undefined);
  return refused(problem, others);
}

function* candidates(file: string, literal: PromptLiteral, text: string): Generator<string> {
  const tried = new Set<string | undefined>([undefined]);
  const whole = { start: 0, end: literal.text.length, newStart: 0, newEnd: text.length };
  const spellings = [
    () => [rewrite(file, literal, text, textChanges(literal.text, text))],
    () => [rewrite(file, literal, text, lineChanges(literal.text, text))],
    () => [rewrite(file, literal, text, [whole])],
    () => literal.respellings(text),
  ];
  for (const spell of spellings) {
    for (const spelled of spell()) {
      if (spelled !== undefined && !tried.has(spelled)) yield spelled;
      tried.add(spelled);
    }
  }
}

/** Interpolations have to survive, and must not be mistaken for text that looks like one. */
function valueProblem({ units, text: old }: PromptLiteral, text: string, mayChange: boolean) {
  const values = valuesOf(units);
  if (values.length === 0) return undefined;
  const before = valuesIn(old, values);
  const actual = units.filter(({ kind }) => kind === 'value').map(unit => unit.text);
  if (before.join('\n') !== actual.join('\n')) {
    const twice = values.find(value => count(before, value) !== count(actual, value)) ?? '';
    return `The prompt holds ${twice} both as a value and as plain text, so a new text could mean either.`;
  }
  if (mayChange) return undefined;
  const after = valuesIn(text, values);
  const changed = values.find(value => count(before, value) !== count(after, value));
  if (changed === undefined) return undefined;
  const [is, was] = [count(after, changed), count(before, changed)];
  return `The value ${changed} stands ${times(was)} in the prompt and ${times(is)} in the new text.`;
}

function valuesIn(text: string, values: readonly string[]): string[] {
  return splitAtValues(text, values)
    .filter(({ value }) => value)
    .map(part => part.text);
}

function count(list: readonly string[], item: string): number {
  return list.filter(each => each === item).length;
}

function times(number: number): string {
  return number === 1 ? 'once' : number === 0 ? 'not at all' : `${number} times`;
}

/** Why a spelling of the literal is wrong; undefined where everything is as it has to be. */
function faultOf(
  host: HostSyntax,
  source: OpenSource,
  literal: PromptLiteral,
  candidate: string,
  text: string,
  other?: TextRange,
): string | undefined {
  const { start, end } = other ?? literal;
  const file = source.text.slice(0, start) + candidate + source.text.slice(end);
  const range = { start, end: start + candidate.length };
  const opened = host.open(file, source);
  // Another kind of literal may stand in brackets of its own, or end with its line.
  const isThere = other
    ? (each: PromptLiteral) => each.start >= start && each.start < range.end
    : (each: PromptLiteral) => each.start === start && each.end === range.end;
  const there = opened.literalsAt(range).filter(isThere);
  const found = there.findLast(each => each.text === text) ?? there.at(-1);
  if (!found) return `A ${literal.style} cannot hold this text: it would end early.`;
  if (found.refusal !== undefined) return `A ${literal.style} cannot hold this text.`;
  const sameText = found.text === text && sameValues(literal, found, text);
  if (!sameText) return `A ${literal.style} cannot hold this text: it would read differently.`;
  const more = Math.max(0, found.end - range.end);
  const rest = source.outline({ start, end: end + more });
  const sameRest = equal(rest, opened.outline({ start, end: range.end + more }));
  return sameRest ? undefined : 'The rest of the file would no longer read the same.';
}

function sameValues(before: PromptLiteral, after: PromptLiteral, text: string): boolean {
  const wanted = valuesIn(text, valuesOf(before.units));
  const actual = after.units.filter(({ kind }) => kind === 'value').map(unit => unit.text);
  return equal(wanted, actual);
}

function equal(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function spelling(file: string, { start, end }: TextRange): string {
  return file.slice(start, end);
}

function edit(file: string, { start, end }: TextRange, source: string): LiteralEdit {
  return {
    kind: 'edit',
    start,
    end,
    source,
    file: file.slice(0, start) + source + file.slice(end),
  };
}
