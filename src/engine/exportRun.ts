import { RequestError } from './core/errors.ts';
import type { RunState } from './core/run.ts';
import type { Evaluation } from './core/trial.ts';
import { exportRows, type ExportFormat } from './datasets/exportRows.ts';
import { stateOf } from './keep.ts';
import type { EngineParts } from './parts.ts';
import { readRows } from './prepare.ts';
import type { StoredRequest, Stores } from './session.ts';

/** Which run is to be written in which form. */
export interface ExportRequest {
  readonly runId: string;
  readonly format: ExportFormat;
  /** JUnit: least value of the primary metric with which a row passes, 0..1; 1 where absent. */
  readonly passMark?: number;
}

/** The judged rows of a recorded run, each beside what its dataset says, as one text. */
export async function exportRun(
  { runId, format, passMark }: ExportRequest,
  parts: EngineParts,
  { logs }: Stores,
  signal?: AbortSignal,
): Promise<string> {
  const state = await stateOf(runId, logs);
  const { header } = state;
  const evaluation = judged(state);
  if (!header || !evaluation) {
    throw new RequestError(`Run ${runId} has measured no rows yet, so there is nothing to export.`);
  }
  const { request } = (await logs.request(runId)) as StoredRequest;
  const dataset = await readRows(request, parts, { isSplit: false, ...(signal ? { signal } : {}) });
  const examples = new Map(dataset.examples.map(example => [example.id, example]));
  const rows = evaluation.rollouts.flatMap(rollout => {
    const example = examples.get(rollout.exampleId);
    return example ? [{ example, rollout }] : [];
  });
  const gone = evaluation.rollouts.length - rows.length;
  if (gone > 0) {
    throw new RequestError(
      `${dataset.name} has changed since run ${runId}: ${gone} of its ${evaluation.rollouts.length} rows are not there any more. Bring the old file back to export them.`,
      'open-dataset',
    );
  }
  return exportRows(rows, format, {
    metrics: header.metrics,
    name: `${header.promptName} v${header.version}, ${header.datasetName}`,
    ...(passMark === undefined ? {} : { passMark }),
  });
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
