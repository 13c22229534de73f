import { RequestError } from './core/errors.ts';
import type { Example } from './core/example.ts';
import type { Rollout } from './core/rollout.ts';
import type { RunHeader, RunState } from './core/run.ts';
import type { Evaluation } from './core/trial.ts';
import { stateOf } from './keep.ts';
import type { EngineParts } from './parts.ts';
import { readRows } from './prepare.ts';
import type { StoredRequest, Stores } from './session.ts';

/** The rows that a recorded run judged, each beside what its dataset says. */
export interface JudgedRun {
  readonly header: RunHeader;
  /** Columns that stand beside each example. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly example: Example; readonly rollout: Rollout }[];
}

/**
 * Reads a run's log and its dataset. `columns` of the file, or those that
 * the run was asked to slice by, stand beside each example. Throws
 * `RequestError` where nothing was measured or the dataset has changed since, and as reading it does.
 */
export async function judgedRows(
  { runId, columns: asked }: { readonly runId: string; readonly columns?: readonly string[] },
  parts: EngineParts,
  { logs }: Stores,
  signal?: AbortSignal,
): Promise<JudgedRun> {
  const state = await stateOf(runId, logs);
  const { header } = state;
  const evaluation = judged(state);
  if (!header || !evaluation) {
    throw new RequestError(`Run ${runId} has measured no rows yet, so there is nothing to show.`);
  }
  const { request } = (await logs.request(runId)) as StoredRequest;
  const columns = asked ?? request.slices ?? [];
  const how = { isSplit: false, columns, ...(signal ? { signal } : {}) };
  const dataset = await readRows(request, parts, how);
  const examples = new Map(dataset.examples.map(example => [example.id, example]));
  const rows = evaluation.rollouts.flatMap(rollout => {
    const example = examples.get(rollout.exampleId);
    return example ? [{ example, rollout }] : [];
  });
  const gone = evaluation.rollouts.length - rows.length;
  if (gone > 0) {
    throw new RequestError(
      `${dataset.name} has changed since run ${runId}: ${gone} of its ${evaluation.rollouts.length} rows are not there any more. Bring the old file back to see them.`,
      'open-dataset',
    );
  }
  return { header, columns, rows };
}

/** What the run was for: all rows, or the winner on the test rows, else on those it was chosen by. */
function judged({ evaluations, ended, incumbentId }: RunState): Evaluation | undefined {
  const best = ended?.bestId || incumbentId;
  const ofBest = evaluations.filter(({ candidateId }) => candidateId === best);
  return (
    evaluations.findLast(({ purpose }) => purpose === 'evaluate') ??
    ofBest.findLast(({ purpose }) => purpose === 'claim') ??
    ofBest.at(-1)
  );
}
