import { readExamples, type ShownExample } from './examples.ts';
import type { World } from './world.ts';

/** A rule as a prompt states it. */
export interface Statement {
  readonly when: readonly number[];
  readonly unless: readonly number[];
  readonly label: string;
  /** Number of the line that it stands in. */
  readonly line: number;
}

/** A prompt as the simulated models read it. */
export interface ReadPrompt {
  readonly statements: readonly Statement[];
  readonly examples: readonly ShownExample[];
  readonly asksForm: boolean;
  readonly tokens: number;
}

/**
 * Reads a prompt: a clause with a word of the language and exactly one label is a statement,
 * whatever its dress, and a case with a label after it is an example (`algorithms.md`, 4.2). A
 * topic's name in capitals counts as a label too. Words in `unheard` are not known to the reader.
 */
export function readPrompt(
  text: string,
  world: World,
  unheard: ReadonlySet<string> = new Set(),
): ReadPrompt {
  const labels = new Set([...world.labels, ...world.topics.map(topic => topic.toUpperCase())]);
  const { examples, rest } = readExamples(text, labels, world);
  const conceptOf = (word: string): number | undefined =>
    unheard.has(word) ? undefined : world.lexicon.get(word);
  const statements: Statement[] = [];
  for (const [line, content] of rest.split('\n').entries()) {
    for (const clause of content.split(/[.;]/u)) {
      statements.push(...statementsIn(clause, line, labels, conceptOf));
    }
  }
  return {
    statements,
    examples,
    asksForm: /angle bracket|<<\s*\w+\s*>>/iu.test(text),
    tokens: tokensOf(text),
  };
}

function statementsIn(
  clause: string,
  line: number,
  labels: ReadonlySet<string>,
  conceptOf: (word: string) => number | undefined,
): Statement[] {
  const words = clause.match(/\p{L}+/gu) ?? [];
  const named = [...new Set(words.filter(word => labels.has(word)))];
  if (named.length !== 1) return [];
  const label = named[0] as string;
  const turn = words.findIndex(word => /^(?:unless|except|without)$/iu.test(word));
  const concepts = (part: readonly string[]): number[] => [
    ...new Set(part.flatMap(word => conceptOf(word.toLowerCase()) ?? [])),
  ];
  const when = concepts(turn < 0 ? words : words.slice(0, turn));
  const unless = turn < 0 ? [] : concepts(words.slice(turn));
  if (when.length === 0) return [];
  if (words.some(word => /^or$/iu.test(word))) {
    return when.map(each => ({ when: [each], unless, label, line }));
  }
  return [{ when, unless, label, line }];
}

/** The statement that decides a row: the most specific, then the last. */
export function deciding(
  statements: readonly Statement[],
  concepts: ReadonlySet<number>,
): Statement | undefined {
  let best: Statement | undefined;
  for (const each of statements) {
    if (!each.when.every(concept => concepts.has(concept))) continue;
    if (each.unless.some(concept => concepts.has(concept))) continue;
    if (!best || each.when.length >= best.when.length) best = each;
  }
  return best;
}

/** One tokenizer for everybody. */
export function tokensOf(text: string): number {
  return text.match(/\w+|[^\w\s]/gu)?.length ?? 0;
}
