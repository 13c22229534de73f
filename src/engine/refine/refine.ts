import { CancelledError, GuardError } from '../core/errors.ts';
import type { LanguageModel } from '../core/languageModel.ts';
import type { RefineRequest, Refinement } from '../core/refinement.ts';
import { joinedUsage } from '../core/usage.ts';
import { writeCandidate, type RawCandidate } from './candidate.ts';
import { finishCandidate, type CountTokens } from './finishCandidate.ts';
import { rewriteTask, type RewriteTask } from './rewriteTask.ts';

/** What a face may hand in beside the request. */
export interface RefineOptions {
  /** Told the whole rewrite so far whenever it grows or begins anew; candidates count from 0. */
  onText?(text: string, candidate: number): void;
  /** The tokenizer of the chosen model; an estimate where absent. */
  readonly countTokens?: CountTokens;
}

/**
 * Improves a text once, with the techniques that the request names. The rewrite has passed the
 * guards: placeholders and locked sections kept, not empty, not cut, not an answer, same language,
 * same output contract. A rewrite that breaks a promise gets one round of repair; a second failure
 * is refused, and where no candidate is left, that is a `GuardError` that names what was broken.
 * White space around the text stays as it was, so that the result fits where the text stood.
 */
export async function refine(
  request: RefineRequest,
  model: LanguageModel,
  signal?: AbortSignal,
  { onText, countTokens }: RefineOptions = {},
): Promise<Refinement> {
  const task = rewriteTask(request);
  const written = await Promise.allSettled(
    Array.from({ length: task.candidates }, (_, sample) =>
      writeCandidate(task, {
        model,
        signal,
        sample,
        onText: onText && (text => onText(text, sample)),
      }),
    ),
  );
  const failures = written
    .filter(each => each.status === 'rejected')
    .map(each => each.reason as unknown);
  const cancelled = failures.find(each => each instanceof CancelledError);
  if (cancelled) throw cancelled;
  const raw = written.filter(each => each.status === 'fulfilled').map(each => each.value);
  if (raw.length === 0) throw failures[0];
  return refinementOf(task, raw, failures, countTokens);
}

function refinementOf(
  task: RewriteTask,
  raw: readonly RawCandidate[],
  failures: readonly unknown[],
  countTokens: CountTokens | undefined,
): Refinement {
  const sorted = [...differing(raw)].sort(
    (left, right) => Number(left.problems.length > 0) - Number(right.problems.length > 0),
  );
  const candidates = sorted.map(each => finishCandidate(each, task, countTokens));
  const [best] = candidates;
  const [first] = sorted;
  if (!best || !first || best.refused) throw refusal(first, best?.text);
  const twins = raw.length - sorted.length;
  return {
    before: task.request.text,
    after: best.text,
    changes: best.changes,
    model: first.model,
    usage: raw.flatMap(each => each.answers.map(answer => answer.usage)).reduce(joinedUsage),
    candidates,
    notes: [
      ...raw.flatMap(each => each.notes),
      ...(twins > 0 ? [`${twins} of ${raw.length} candidates were the same as another one.`] : []),
      ...failures.map(
        each => `A candidate did not come: ${each instanceof Error ? each.message : String(each)}`,
      ),
    ],
  };
}

function refusal(raw: RawCandidate | undefined, text: string | undefined): GuardError {
  const problems = raw?.problems ?? [];
  return new GuardError(
    `${raw?.model ?? 'The model'} gave no usable rewrite in two attempts, so nothing was changed. ${problems.map(problem => problem.message).join(' ')} Try again, or choose another model.`,
    problems,
    raw?.text === undefined ? undefined : text,
  );
}

/** Candidates without those that say the same as an earlier one, or that hold no text to show. */
function differing(raw: readonly RawCandidate[]): RawCandidate[] {
  const shown = raw.filter(each => each.text !== undefined || each.problems.length > 0);
  return shown.filter(
    (each, index) => shown.findIndex(other => other.text?.trim() === each.text?.trim()) === index,
  );
}
