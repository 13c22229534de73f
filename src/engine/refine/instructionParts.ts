import type { AnsweredQuestion } from '../core/refinement.ts';
import type { SealedText } from './locks.ts';
import { answered, type RewriteTask } from './rewriteTask.ts';
import { fenced, type Tags } from './tags.ts';

/** What the model is told of the chosen techniques; nothing where none was chosen. */
export function techniqueParts({ techniques, tags, editBudget }: RewriteTask): string[] {
  if (techniques.length === 0) return [];
  const advice = techniques.map(
    technique => `${technique.title}: ${technique.advice({ tags, editBudget })}`,
  );
  return [
    'Rewrite it in this way, which comes before the advice on what to improve; what you must keep holds all the same:',
    ...advice,
  ];
}

/** What the seals of the prompt stand for, so that the rest can be written around them. */
export function lockedParts({ seals, sections }: SealedText, tags: Tags): string[] {
  if (seals.length === 0) return [];
  return [
    `Parts of this prompt are locked by its owner. In their place stands ${seals.join(', ')}; what each stands for is shown here for you to know, not to edit:`,
    ...seals.map((each, index) => `${each}:\n${fenced(tags.lockedText, sections[index] ?? '')}`),
    'Copy each of these marks exactly as it is spelled, once, in this order. Do not write out, repeat or contradict what they stand for.',
  ];
}

/** What the person answered to the questions of the personalized technique. */
export function answeredParts(answers: readonly AnsweredQuestion[], tags: Tags): string[] {
  const given = answered(answers);
  if (given.length === 0) return [];
  const list = given.map(each => `${each.question.trim()}\n${each.answer.trim()}`).join('\n\n');
  return ['The person answered these questions about the prompt:', fenced(tags.answers, list)];
}

const angles = [
  '',
  'Other editors rewrite this prompt too. Write the version that stays closest to the wording of the prompt.',
  'Other editors rewrite this prompt too. Write the version that puts its statements into the order in which a model needs them.',
  'Other editors rewrite this prompt too. Write the version that says it in the fewest words.',
  'Other editors rewrite this prompt too. Write the version that says most plainly what to do in the unclear cases that the prompt implies.',
];

/** What sets candidate `index` (from 0) apart; the first is what a single rewrite would be. */
export function angleOf(index: number): string {
  return angles[index] ?? '';
}
