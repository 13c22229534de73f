import { RequestError } from '../core/errors.ts';
import type { AnsweredQuestion, RefineRequest } from '../core/refinement.ts';
import { seal, sealAgain, type SealedText } from './locks.ts';
import { tagsFor, type Tags } from './tags.ts';
import { usualEditBudget } from './techniques/minimalEdit.ts';
import { techniquesOf } from './techniques/registry.ts';
import type { Technique } from './techniques/technique.ts';

/** A checked request with everything that asking and judging need. */
export interface RewriteTask {
  /** Wishes are trimmed, blank ones absent; `previous` is sealed like the text. */
  readonly request: RefineRequest;
  readonly sealed: SealedText;
  readonly tags: Tags;
  readonly techniques: readonly Technique[];
  /** Everything the person said, for guards that a wish may loosen. */
  readonly wishes: string;
  readonly candidates: number;
  readonly rounds: number;
  readonly editBudget: number;
}

/** Checks a request before anything is sent. Throws a `RequestError` that says what to change. */
export function rewriteTask(request: RefineRequest): RewriteTask {
  if (request.text.trim() === '') {
    throw new RequestError('There is no text to refine. Select the prompt and try again.');
  }
  const techniques = techniquesOf(request);
  if (techniques.some(each => each.asksFirst) && request.answers === undefined) {
    throw new RequestError(
      'The personalized technique asks first: get its questions, then refine with the answers.',
    );
  }
  const asked = withoutBlankWishes(request);
  const wishes = wishesOf(asked);
  const said = answered(asked.answers).map(each => `${each.question}\n${each.answer}`);
  const sealed = seal(asked.text, asked.locked ?? [], [
    asked.previous?.text ?? '',
    wishes,
    ...said,
  ]);
  const { previous } = asked;
  return {
    request: previous
      ? { ...asked, previous: { ...previous, text: sealAgain(previous.text, sealed) } }
      : asked,
    sealed,
    tags: tagsFor([asked.text, previous?.text ?? '', wishes, ...said]),
    techniques,
    wishes,
    candidates: within(asked.candidates ?? 1, 'candidates', 1, 5),
    rounds: within(asked.rounds ?? 3, 'rounds', 1, 5),
    editBudget: budget(asked.editBudget ?? usualEditBudget),
  };
}

/** The questions that were answered and not skipped. */
export function answered(answers: readonly AnsweredQuestion[] = []): AnsweredQuestion[] {
  return answers.filter(each => each.answer.trim() !== '');
}

function within(value: number, name: string, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RequestError(
    `"${name}" must be a whole number from ${least} to ${most}, not ${value}.`,
  );
}

function budget(share: number): number {
  if (share > 0 && share <= 1) return share;
  throw new RequestError(`The edit budget must be above 0 and at most 1, not ${share}.`);
}

function withoutBlankWishes({ instruction, previous, ...rest }: RefineRequest): RefineRequest {
  return {
    ...rest,
    ...(instruction?.trim() ? { instruction: instruction.trim() } : {}),
    ...(previous
      ? {
          previous: {
            text: previous.text,
            ...(previous.instruction?.trim() ? { instruction: previous.instruction.trim() } : {}),
          },
        }
      : {}),
  };
}

/** Every wish so far: an earlier one still holds when a person refines again. */
function wishesOf({ instruction, previous }: RefineRequest): string {
  return [previous?.instruction, instruction].filter(wish => wish !== undefined).join('\n');
}
