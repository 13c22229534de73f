import type { Command } from 'commander';
import {
  placesOf,
  RequestError,
  techniques,
  type AnsweredQuestion,
  type Engine,
  type RefineRequest,
} from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import type { CommonFlags } from './flags.ts';
import { wholeNumber } from './numbers.ts';
import type { FileSource } from './refineSource.ts';
import type { Shell } from './shell.ts';

/** Flags that say how a prompt is to be rewritten. */
export interface WishFlags extends CommonFlags {
  readonly instruction?: string;
  readonly technique?: readonly string[];
  readonly candidates?: number;
  readonly rounds?: number;
  readonly lock?: readonly string[];
  readonly answer?: readonly string[];
}

/** Adds the flags that say how a prompt is to be rewritten. */
export function addWishFlags(verb: Command): Command {
  const names = techniques.map(each => each.name).join(', ');
  return verb
    .option('--instruction <text>', 'what you wish: "shorter", "answer in JSON"')
    .option('--technique <name...>', `how it is rewritten: ${names} (docs/techniques.md)`)
    .option(
      '--candidates <n>',
      'different rewrites to choose from, 1 to 5',
      wholeNumber('--candidates', 1, 5),
    )
    .option(
      '--rounds <n>',
      'most rounds of critique of the iterative technique, 1 to 5',
      wholeNumber('--rounds', 1, 5),
    )
    .option('--lock <text...>', 'text of the prompt that comes back byte for byte')
    .option(
      '--answer <topic=text...>',
      'answers for the personalized technique, in place of its questions: audience=beginners',
    );
}

/** The request that the flags make of a prompt; asks the person what the personalized technique asks. */
export async function requestOf(
  text: string,
  source: Pick<FileSource, 'found' | 'promptName'> | undefined,
  flags: WishFlags,
  engine: Engine,
  shell: Shell,
): Promise<RefineRequest> {
  const { instruction, technique, candidates, rounds, model } = flags;
  const units = source?.found?.literal.units ?? [];
  const values = new Set(units.filter(({ kind }) => kind === 'value').map(unit => unit.text));
  const locked = (flags.lock ?? []).flatMap(each => lockedPlaces(text, each));
  const request: RefineRequest = {
    text,
    ...(instruction ? { instruction } : {}),
    ...(model ? { model } : {}),
    ...(technique ? { techniques: technique } : {}),
    ...(candidates === undefined ? {} : { candidates }),
    ...(rounds === undefined ? {} : { rounds }),
    ...(locked.length > 0 ? { locked } : {}),
    ...(values.size > 0 ? { values: [...values] } : {}),
    ...(source && (await hasScores(engine, source.promptName)) ? { scored: true } : {}),
  };
  const asks = techniques.some(each => each.asksFirst && technique?.includes(each.name));
  if (!asks) {
    if (flags.answer) {
      throw new RequestError('--answer belongs to --technique personalized; name both.');
    }
    return request;
  }
  const answers = flags.answer
    ? flags.answer.map(answerOf)
    : await askedAnswers(request, engine, shell);
  return { ...request, answers };
}

/** Whether something was measured of the prompt: then an edit is minimal unless techniques are named. */
async function hasScores({ history }: Engine, promptName: string): Promise<boolean> {
  if (!(await history.names()).includes(promptName)) return false;
  for (const version of await history.list(promptName)) {
    if ((await history.measurements(version)).length > 0) return true;
  }
  return false;
}

function lockedPlaces(text: string, locked: string) {
  const places = placesOf(text, locked);
  if (places.length > 0) return places;
  throw new RequestError(
    `--lock "${cleanLine(locked).slice(0, 60)}" is not in the prompt; copy the text as it stands there.`,
  );
}

function answerOf(said: string): AnsweredQuestion {
  const at = said.indexOf('=');
  const [question, answer] = [said.slice(0, at).trim(), said.slice(at + 1).trim()];
  if (at > 0 && question !== '' && answer !== '') return { question, answer };
  throw new RequestError(
    `--answer is "${cleanLine(said)}", but it takes TOPIC=TEXT, such as audience=beginners.`,
  );
}

async function askedAnswers(
  request: RefineRequest,
  engine: Engine,
  { terminal, signal }: Shell,
): Promise<AnsweredQuestion[]> {
  if (!terminal.asks) {
    throw new RequestError(
      'The personalized technique asks questions, and nobody can answer them here; give --answer TOPIC=TEXT, such as --answer audience=beginners.',
    );
  }
  const { questions } = await engine.questions(request, signal);
  const answers: AnsweredQuestion[] = [];
  for (const [index, { question, why, suggestions }] of questions.entries()) {
    const lines = [
      `${index + 1} of ${questions.length}: ${cleanLine(question)}`,
      ...(why === '' ? [] : [`  ${cleanLine(why)}`]),
      ...suggestions.map((each, number) => `  ${number + 1}  ${cleanLine(each)}`),
    ];
    terminal.err(`${lines.join('\n')}\n`);
    const hint =
      suggestions.length > 0 ? 'A number, your own words, or nothing' : 'Your words, or nothing';
    const said = (await terminal.ask(`${hint}: `, signal)).trim();
    answers.push({ question, answer: suggestions[Number(said) - 1] ?? said });
  }
  return answers;
}
