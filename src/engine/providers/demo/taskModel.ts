import type { Message } from '../../core/prompt.ts';
import { allowedAnswers, offeredAnswers } from './allowedAnswers.ts';
import { dressAnswer, readForm } from './answerForm.ts';
import { chance, oneOf, sharedChance } from './chance.ts';
import { readMessages } from './rowText.ts';
import type { Rule } from './rules.ts';
import { decidingRule, readRules } from './rules.ts';
import { countTokens } from './simulatedTokens.ts';
import { stem, stemsOf, wordsOf } from './words.ts';

/**
 * The simulated task model: text in, text out (design notes `algorithms.md`, 4.2). It follows the
 * rules that the prompt states about the answers it allows; where no rule fires it takes the
 * answer that the row itself names, else a guess. Long prompts and many rules are followed less.
 * The same messages and the same sample number give the same answer.
 */
export function answerAsTask(messages: readonly Message[], sample = 0): string {
  const { instructions, row } = readMessages(messages);
  const luck = [row, instructions, String(sample)];
  const form = readForm(instructions);
  const answers = allowedAnswers(instructions);
  if (answers.length > 0) {
    return dressAnswer(chooseAnswer(instructions, row, answers, sample), form, luck);
  }
  const offered = offeredAnswers(row);
  const free = oneOf(offered, chance('offered', row)) ?? freeAnswer(row);
  return dressAnswer(free, form, luck);
}

function chooseAnswer(
  instructions: string,
  row: string,
  answers: readonly string[],
  sample: number,
): string {
  const rules = readRules(instructions, answers);
  const rule = decidingRule(rules, stemsOf(row));
  const without = unruledAnswer(row, answers);
  const roll = sharedChance(row, JSON.stringify([row, instructions, sample]));
  if (roll < compliance(rules, instructions)) return rule?.answer ?? without;
  const slip = chance('slip', row, instructions, String(sample));
  if (slip < 0.95) return without;
  return (
    oneOf(
      answers.filter(answer => answer !== rule?.answer),
      slip * 20 - 19,
    ) ?? without
  );
}

/** How reliably rules are followed, 0.35..0.97: `algorithms.md`, 4.2, step 3. */
function compliance(rules: readonly Rule[], instructions: string): number {
  const manyRules = 0.008 * Math.max(0, rules.length - 8);
  const longPrompt = 0.035 * Math.log2(Math.max(1, countTokens(instructions) / 120));
  return Math.min(0.97, Math.max(0.35, 0.97 - manyRules - longPrompt));
}

/** What the row itself suggests: the allowed answer that it names most, the first of equals. */
function unruledAnswer(row: string, answers: readonly string[]): string {
  const stems = wordsOf(row).map(stem);
  let best = oneOf(answers, chance('guess', row)) ?? '';
  let most = 0;
  for (const answer of answers) {
    const parts = wordsOf(answer).map(stem);
    const named = Math.min(...parts.map(part => stems.filter(word => word === part).length));
    if (named > most) [best, most] = [answer, named];
  }
  return best;
}

/** Something short for rows without allowed answers: a number of the text, or its first words. */
function freeAnswer(row: string): string {
  const numbers = row.match(/\d+(?:[.,]\d+)*/g) ?? [];
  if (numbers.length > 0) return oneOf(numbers, chance('number', row)) ?? '0';
  return wordsOf(row).slice(0, 6).join(' ') || 'Nothing to answer.';
}
