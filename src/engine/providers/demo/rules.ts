import { stem, subjectWords, wordsOf } from './words.ts';

/** What a prompt says in one of its clauses: words in a text → an answer. */
export interface Rule {
  readonly answer: string;
  /** Alternatives; one fires where all of its words occur. */
  readonly when: readonly (readonly string[])[];
  /** Alternatives that keep the rule from firing. */
  readonly unless: readonly (readonly string[])[];
  /** Index of the line it stands in, from 0. */
  readonly line: number;
}

/** Every rule that a text states about these answers, in order. */
export function readRules(text: string, answers: readonly string[]): Rule[] {
  return text.split('\n').flatMap((line, index) =>
    clausesOf(line).flatMap(clause => {
      const rule = readClause(clause, answers);
      return rule ? [{ ...rule, line: index }] : [];
    }),
  );
}

/**
 * The rule that decides about a text: the one that fires with the most words, and of equals the
 * one that stands last. `stems` are the roots of the words of the text.
 */
export function decidingRule(rules: readonly Rule[], stems: ReadonlySet<string>): Rule | undefined {
  let best: Rule | undefined;
  let most = 0;
  for (const rule of rules) {
    const words = strength(rule, stems);
    if (words > 0 && words >= most) [best, most] = [rule, words];
  }
  return best;
}

/** Words of the longest alternative that fires; 0 where the rule does not fire. */
export function strength(rule: Rule, stems: ReadonlySet<string>): number {
  const present = (words: readonly string[]): boolean => words.every(word => stems.has(word));
  if (rule.unless.some(present)) return 0;
  return Math.max(0, ...rule.when.filter(present).map(words => words.length));
}

/** The answers that a text names as whole words, in their own spelling. */
export function answersNamed(text: string, answers: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return answers.filter(answer => positionOf(lower, answer.toLowerCase()) >= 0);
}

function clausesOf(line: string): string[] {
  return line.split(/;\s*|(?<=[.!?]["”']?)\s+/).filter(clause => clause.trim() !== '');
}

function readClause(clause: string, answers: readonly string[]): Omit<Rule, 'line'> | undefined {
  if (/\b(?:never|do not|don['’]t)\b/i.test(clause)) return undefined;
  const [condition, exception] = splitException(clause);
  const unquoted = answersNamed(condition.replace(quoted, ' '), answers);
  const named = unquoted.length > 0 ? unquoted : answersNamed(condition, answers);
  const answer = named[0];
  if (answer === undefined || named.length > 1) return undefined;
  const when = alternativesIn(without(condition, answer));
  return when.length === 0 ? undefined : { answer, when, unless: alternativesIn(exception) };
}

/** The exception ends at the next comma: "unless it mentions "x", answer y". */
function splitException(clause: string): [string, string] {
  const match = /,?\s*\b(?:unless|except(?: when| where| if| for)?|but not (?:if|when))\b/i.exec(
    clause,
  );
  if (!match) return [clause, ''];
  const rest = clause.slice(match.index + match[0].length);
  const end = rest.replace(quoted, found => '_'.repeat(found.length)).search(/,|:|→|->/);
  if (end < 0) return [clause.slice(0, match.index), rest];
  return [clause.slice(0, match.index) + rest.slice(end), rest.slice(0, end)];
}

const quoted = /"[^"\n]+"|“[^”\n]+”|`[^`\n]+`|(?<![\p{L}\p{N}])'[^'\n]+'(?![\p{L}\p{N}])/gu;

function alternativesIn(text: string): string[][] {
  const quotes = [...text.matchAll(quoted)];
  if (quotes.length === 0) {
    return text
      .split(/,|\bor\b|\//i)
      .map(part => [...new Set(subjectWords(part).map(stem))])
      .filter(words => words.length > 0);
  }
  const alternatives: string[][] = [];
  let end = 0;
  for (const quote of quotes) {
    const words = wordsOf(quote[0]).map(stem);
    const between = text.slice(end, quote.index);
    const last = alternatives.at(-1);
    const together = /\b(?:and|with|plus|both)\b|[+&]/i.test(between);
    if (last && (together || !/,|\bor\b|\//i.test(between))) last.push(...words);
    else if (words.length > 0) alternatives.push(words);
    end = quote.index + quote[0].length;
  }
  return alternatives;
}

function without(text: string, answer: string): string {
  const unquoted = text.replace(quoted, found => '_'.repeat(found.length)).toLowerCase();
  const inside = positionOf(unquoted, answer.toLowerCase());
  const at = inside >= 0 ? inside : positionOf(text.toLowerCase(), answer.toLowerCase());
  return at < 0 ? text : `${text.slice(0, at)} ${text.slice(at + answer.length)}`;
}

function positionOf(lowerText: string, lowerAnswer: string): number {
  const isWord = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  for (
    let at = lowerText.indexOf(lowerAnswer);
    at >= 0;
    at = lowerText.indexOf(lowerAnswer, at + 1)
  ) {
    if (!isWord(lowerText[at - 1]) && !isWord(lowerText[at + lowerAnswer.length])) return at;
  }
  return -1;
}
