import type { Example } from '../core/example.ts';
import type { RunEvent, RunHeader } from '../core/run.ts';
import type { Evaluation } from '../core/trial.ts';
import { evaluate, type EvaluateSockets } from './evaluate.ts';
import { endingForError, isExpected, mostlyWithout, type Ending } from './stop.ts';

/** A prompt to be measured on rows. */
export interface EvaluateTask {
  readonly header: RunHeader;
  readonly examples: readonly Example[];
}

/**
 * One evaluation of the original prompt over all rows, as a run: `run-start` first, `run-end` last,
 * also where it is cancelled, out of budget or without a provider.
 */
export async function* evaluateRun(
  task: EvaluateTask,
  sockets: EvaluateSockets,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { header, examples } = task;
  const candidate = header.original;
  yield { type: 'run-start', header };
  let ending: Ending | undefined;
  let evaluation: Evaluation | undefined;
  let fault: { readonly error: unknown } | undefined;
  try {
    const plan = { candidate, examples, split: 'all', purpose: 'evaluate' } as const;
    for await (const event of evaluate(plan, header, new Map(), sockets, signal)) {
      if (event.type === 'evaluation-end') evaluation = event.evaluation;
      yield event;
    }
  } catch (error) {
    ending = endingForError(error, signal);
    if (!isExpected(error, signal)) fault = { error };
  }
  ending ??= evaluation && (mostlyWithout('answer', evaluation) ?? done(evaluation));
  ending ??= { reason: 'done', sentence: 'Finished: there were no rows to run.' };
  yield { type: 'run-end', bestId: candidate.id, ...ending };
  if (fault) throw fault.error;
}

function done({ outcomes, rollouts }: Evaluation): Ending {
  const unscored = rollouts.length - outcomes.ok;
  const rows = `${rollouts.length} ${rollouts.length === 1 ? 'row' : 'rows'}`;
  const rest = unscored > 0 ? `, ${unscored} of them without a score` : '';
  return { reason: 'done', sentence: `Finished: ${rows} run${rest}.` };
}
