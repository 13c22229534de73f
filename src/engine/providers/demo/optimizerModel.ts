import type { Prompt } from '../../core/prompt.ts';
import { allowedAnswers } from './allowedAnswers.ts';
import { readForm } from './answerForm.ts';
import { chances, oneOf } from './chance.ts';
import type { Hypothesis, ReadRow } from './hypotheses.ts';
import { drawHypothesis, readWords, separatingWord } from './hypotheses.ts';
import type { OptimizerRequest, ShownRow } from './optimizerRequest.ts';
import { applyEdits, isBullet, subjectOf } from './promptLines.ts';
import type { Rule } from './rules.ts';
import { answersNamed, decidingRule, readRules } from './rules.ts';
import { stem } from './words.ts';

/** Rows that are always noticed; further ones less and less (`algorithms.md`, 4.3, step 2). */
const attention = 12;
const newRules = 3;
const luck = {
  loseLine: 0.03,
  wrongRule: 0.05,
  filler: 0.12,
  specialise: 0.7,
  remove: 0.8,
  guessFromOne: 0.4,
};

/** The edits of one proposal while they are collected. */
interface Draft {
  readonly subject: string;
  readonly roll: () => number;
  readonly removed: Set<number>;
  readonly changed: Map<number, string>;
  readonly added: string[];
  readonly reasons: string[];
}

/**
 * The simulated optimizer model: it knows nothing but the request (`algorithms.md`, 4.3). It
 * guesses from the words of the rows in view why failures have their expected answer, writes the
 * guess down as a rule, narrows or drops rules that misfire, and asks for a bare answer where
 * answers came in sentences. Now and then it loses a line or adds one that does not help.
 */
export function answerAsOptimizer(
  request: OptimizerRequest,
  requestText: string,
  sample = 0,
): string {
  const { prompt } = request;
  const roll = chances(requestText, String(sample));
  const rows = noticed(request.rows, roll).map(readWords);
  const answers = answersOf(request);
  const rules = readRules(prompt.system, answers);
  const draft: Draft = {
    subject: subjectOf(`${prompt.system}\n${prompt.output}`),
    roll,
    removed: new Set(),
    changed: new Map(),
    added: [],
    reasons: [],
  };
  mendRules(rules, rows, prompt.system.split('\n'), draft);
  addRules(rules, rows, answers, draft);
  stray(rules, rows, answers, draft);
  const output = withForm(prompt, rows, draft);
  return written({ system: applyEdits(prompt.system, draft), output }, draft.reasons);
}

function noticed(rows: readonly ShownRow[], roll: () => number): ShownRow[] {
  return rows.filter(
    (_row, index) => index < attention || roll() < Math.max(0.25, attention / (index + 1)),
  );
}

function answersOf({ prompt, rows }: OptimizerRequest): string[] {
  const allowed = allowedAnswers(`${prompt.system}\n${prompt.output}`);
  if (allowed.length > 0) return allowed;
  const expected = [...new Set(rows.map(row => row.expected))];
  // Many or long expected answers are no labels: rules about words would explain nothing.
  const labels = expected.filter(answer => answer !== '' && answer.split(/\s+/).length <= 3);
  return expected.length > 1 && expected.length <= rows.length / 2 ? labels : [];
}

function mendRules(
  rules: readonly Rule[],
  rows: readonly ReadRow[],
  lines: readonly string[],
  draft: Draft,
): void {
  for (const rule of rules) {
    const line = lines[rule.line] ?? '';
    if (!isBullet(line)) continue;
    const decided = rows.filter(row => decidingRule(rules, row.stems) === rule);
    const hits = decided.filter(row => row.expected === rule.answer);
    const misfires = decided.filter(row => row.failed && row.expected !== rule.answer);
    // One row against a rule may be a row that is labelled wrong.
    if (misfires.length < 2) continue;
    const exception = separatingWord(misfires, hits);
    if (hits.length > 0 && exception && draft.roll() < luck.specialise) {
      draft.changed.set(rule.line, withException(line, exception, draft.subject));
      draft.reasons.push(
        `The rule for ${rule.answer} misfires where "${exception}" occurs, so it has an exception now.`,
      );
    } else if (misfires.length > 2 * hits.length && draft.roll() < luck.remove) {
      draft.removed.add(rule.line);
      draft.reasons.push(
        `A rule for ${rule.answer} failed on ${count(misfires.length, 'row')} in view, so it is gone.`,
      );
    }
  }
}

function addRules(
  rules: readonly Rule[],
  rows: readonly ReadRow[],
  answers: readonly string[],
  draft: Draft,
): void {
  let open = rows
    .filter(row => row.failed && answers.includes(row.expected) && !isForm(row))
    .filter(row => decidingRule(rules, row.stems)?.answer !== row.expected);
  for (let added = 0; added < newRules && open.length > 0; added += 1) {
    const guess = drawHypothesis(open, rows, draft.roll());
    if (!guess || (guess.support < 2 && draft.roll() > luck.guessFromOne)) return;
    const stated = rules.find(rule => saysTheSame(rule, guess));
    if (stated) {
      draft.removed.add(stated.line);
      draft.reasons.push(
        `The rule about ${quotedWords(guess.words)} stands last now, so that it wins.`,
      );
    }
    draft.added.push(ruleLine(guess.words, guess.answer, draft));
    draft.reasons.push(
      `${count(guess.support, 'row')} with the answer ${guess.answer} share ${quotedWords(guess.words)}.`,
    );
    const roots = guess.words.map(stem);
    open = open.filter(
      row => row.expected !== guess.answer || !roots.every(root => row.stems.has(root)),
    );
  }
}

function saysTheSame(rule: Rule, guess: Hypothesis): boolean {
  const roots = guess.words.map(stem).sort().join(' ');
  return (
    rule.answer === guess.answer && rule.when.some(words => [...words].sort().join(' ') === roots)
  );
}

function stray(
  rules: readonly Rule[],
  rows: readonly ReadRow[],
  answers: readonly string[],
  draft: Draft,
): void {
  for (const rule of rules) {
    if (draft.roll() < luck.loseLine) draft.removed.add(rule.line);
  }
  const word = oneOf([...(oneOf(rows, draft.roll())?.written.values() ?? [])], draft.roll());
  const answer = oneOf(answers, draft.roll());
  if (draft.roll() < luck.wrongRule && word && answer) {
    draft.added.push(ruleLine([word], answer, draft));
    draft.reasons.push(`"${word}" looked like a sign of ${answer}.`);
  }
  if (draft.roll() < luck.filler || draft.reasons.length === 0) {
    draft.added.push(oneOf(reminders(draft.subject), draft.roll()) ?? '');
    draft.reasons.push('A reminder to read carefully may help with close cases.');
  }
}

/** Lines that sound sensible and change nothing but the length of the prompt. */
function reminders(subject: string): string[] {
  return [
    `- Read the whole ${subject} carefully before you answer.`,
    '- Be precise and do not guess.',
    `- Think about what the ${subject} is really about.`,
    '- Take your time and check your answer once more.',
    `- Every ${subject} deserves full attention.`,
  ];
}

function withForm(prompt: Prompt, rows: readonly ReadRow[], draft: Draft): string {
  const chatty = rows.filter(row => row.failed && isForm(row));
  const strict = readForm(`${prompt.system}\n${prompt.output}`).strict;
  if (chatty.length === 0 || strict) return prompt.output;
  draft.reasons.push(
    `${count(chatty.length, 'answer')} held the expected answer inside a sentence, so only the answer is asked for.`,
  );
  const line = 'Answer with the bare answer only, nothing else.';
  return prompt.output === '' ? line : `${prompt.output}\n${line}`;
}

/** Whether an answer is right in substance and wrong in form. */
function isForm(row: ShownRow): boolean {
  return (
    row.expected !== '' &&
    row.output.trim() !== row.expected &&
    answersNamed(row.output, [row.expected]).length > 0
  );
}

function ruleLine(words: readonly string[], answer: string, { subject, roll }: Draft): string {
  const signs = quotedWords(words);
  const forms = [
    `- If the ${subject} mentions ${signs}, answer ${answer}.`,
    `- Mentions of ${signs}: answer ${answer}.`,
    `- A ${subject} with ${signs} in it is ${answer}.`,
  ];
  return oneOf(forms, roll()) ?? '';
}

function withException(line: string, word: string, subject: string): string {
  const bare = line.replace(/[.\s]+$/, '');
  return / unless /i.test(bare)
    ? `${bare} or "${word}".`
    : `${bare}, unless the ${subject} mentions "${word}".`;
}

function quotedWords(words: readonly string[]): string {
  return words.map(word => `"${word}"`).join(' and ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function written(prompt: Prompt, reasons: readonly string[]): string {
  return [
    `<prompt_system>\n${prompt.system}\n</prompt_system>`,
    `<prompt_output>\n${prompt.output}\n</prompt_output>`,
    `<rationale>\n${reasons.join(' ')}\n</rationale>`,
  ].join('\n');
}
