import { RequestError } from './core/errors.ts';
import type { Example } from './core/example.ts';
import type { Rollout } from './core/rollout.ts';
import type { RunHeader, RunState } from './core/run.ts';
import { stateOf } from './keep.ts';
import type { EngineParts } from './parts.ts';
import { readRows } from './readRows.ts';
import type { StoredRequest, Stores } from './session.ts';

/** The rows that a recorded run judged, each beside what its dataset says. */
export interface JudgedRun {
  readonly header: RunHeader;
  /** Columns that stand beside each example. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly example: Example; readonly rollout: Rollout }[];
}

/** Whose answers of which run, and which columns of the file stand beside each row. */
export interface JudgedRequest {
  readonly runId: string;
  readonly of?: 'best' | 'original';
  readonly columns?: readonly string[];
}

/**
 * Reads a run's log and its dataset. `columns` of the file, or those that
 * the run was asked to slice by, stand beside each example. Throws
 * `RequestError` where nothing was measured or the dataset has changed since, and as reading it does.
 */
export async function judgedRows(
  { runId, of = 'best', columns: asked }: JudgedRequest,
  parts: EngineParts,
  { logs }: Stores,
  signal?: AbortSignal,
): Promise<JudgedRun> {
  const state = await stateOf(runId, logs);
  const { header } = state;
  const judged = judgedRollouts(state, of);
  if (!header || !judged) {
    throw new RequestError(`Run ${runId} has measured no rows yet, so there is nothing to show.`);
  }
  const { request } = (await logs.request(runId)) as StoredRequest;
  const columns = asked ?? request.slices ?? [];
  const how = { isSplit: false, isKnown: true, columns, ...(signal ? { signal } : {}) };
  const dataset = await readRows(request, parts, how);
  const examples = new Map(dataset.examples.map(example => [example.id, example]));
  const rows = judged.flatMap(rollout => {
    const example = examples.get(rollout.exampleId);
    return example ? [{ example, rollout }] : [];
  });
  const gone = judged.length - rows.length;
  if (gone > 0) {
    throw new RequestError(
      `${dataset.name} has changed since run ${runId}: ${gone} of its ${judged.length} rows are not there any more. Bring the old file back to see them.`,
      'open-dataset',
    );
  }
  return { header, columns, rows };
}

/**
 * What the run was for: all rows, or the winner on the test rows, else on those it was chosen by. Of
 * a cross-validation, the winners of the folds on the rows held out.
 */
function judgedRollouts(state: RunState, of: 'best' | 'original'): readonly Rollout[] | undefined {
  const { header, evaluations, ended, incumbentId } = state;
  if (of === 'best' && state.heldOut) return state.heldOut;
  const best = ended?.bestId || incumbentId;
  const wanted = of === 'best' ? best : header?.original.id;
  const ofWanted = evaluations.filter(({ candidateId }) => candidateId === wanted);
  const judged =
    evaluations.findLast(({ purpose }) => purpose === 'evaluate') ??
    ofWanted.findLast(({ purpose }) => purpose === 'claim') ??
    ofWanted.at(-1);
  return judged?.rollouts;
}
