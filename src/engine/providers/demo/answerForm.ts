import { chance, oneOf } from './chance.ts';

/** How a prompt wants the answer to look, as far as the simulation understands it. */
export interface AnswerForm {
  /** Whether a line says that nothing but the answer may be written. */
  readonly strict: boolean;
  /** Key of the JSON object that is asked for. */
  readonly jsonKey?: string;
  /** Name of the tags that are asked for. */
  readonly tag?: string;
}

const strictWords =
  /\b(?:only|nothing else|just the|exactly|single word|one word|no other (?:text|words)|without (?:any )?(?:explanation|other))\b/i;
const answerWords = /\b(?:answer|reply|respond|response|output|return|label|write|word)\b/i;

/** Reads the wanted form from a prompt. */
export function readForm(instructions: string): AnswerForm {
  const clauses = instructions.split(/\n|(?<=[.!?;])\s+/);
  const strict = clauses.some(clause => strictWords.test(clause) && answerWords.test(clause));
  const json = /\bjson\b/i.test(instructions)
    ? (/\{\s*"([\w-]+)"\s*:/.exec(instructions)?.[1] ??
      /\b(?:key|field)\s+["'`]([\w-]+)["'`]/i.exec(instructions)?.[1] ??
      'answer')
    : undefined;
  const tag = /<([a-z][\w-]*)>[^<>\n]{0,40}<\/\1>/i.exec(instructions)?.[1];
  if (json !== undefined) return { strict, jsonKey: json };
  return tag === undefined ? { strict } : { strict, tag };
}

/** Share of answers that are dressed in words where no line forbids it, and where one does. */
const chatty = { free: 0.12, strict: 0.01 };

/** The answer as it is sent: in the wanted form, and now and then not. */
export function dressAnswer(answer: string, form: AnswerForm, luck: readonly string[]): string {
  const asked = form.jsonKey !== undefined || form.tag !== undefined;
  if (chance('chatty', ...luck) < (form.strict || asked ? chatty.strict : chatty.free)) {
    const sentences = [
      `The answer is ${answer}.`,
      `I would say ${answer}, going by what is written.`,
      `Answer: ${answer}`,
    ];
    return oneOf(sentences, chance('sentence', ...luck)) ?? answer;
  }
  if (form.jsonKey !== undefined) return JSON.stringify({ [form.jsonKey]: answer });
  return form.tag === undefined ? answer : `<${form.tag}>${answer}</${form.tag}>`;
}
