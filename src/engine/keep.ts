import { RequestError, RunHeldError, StoreError } from './core/errors.ts';
import { emptyRun, reduce } from './core/reduce.ts';
import type { RunState } from './core/run.ts';
import type { PromptVersion } from './core/version.ts';
import type { EngineParts } from './parts.ts';
import { measurementOf } from './measurement.ts';
import type { Stores } from './session.ts';
import { reportAgain } from './writeReport.ts';

/** Which candidate of which run is to be saved, and what the person says of it. */
export interface KeepRequest {
  readonly runId: string;
  readonly candidateId: string;
  readonly note: string | undefined;
}

/** Saves a candidate of a recorded run as a version, with what the run measured of it. */
export async function keepCandidate(
  { runId, candidateId, note }: KeepRequest,
  { now, files, reportOf }: EngineParts,
  { history, logs, locks }: Stores,
): Promise<PromptVersion> {
  const state = await stateOf(runId, logs);
  const { header } = state;
  const candidate = state.candidates[candidateId];
  if (!header || !candidate) {
    throw new RequestError(`Run ${runId} has no candidate ${candidateId}.`);
  }
  const { promptName } = header;
  const already = state.saved[candidateId];
  if (already !== undefined) return history.read({ promptName, number: already });

  const holder = await locks.holder(promptName, runId);
  if (holder) throw new RunHeldError(runId, holder);
  const parent = await history.read({ promptName, number: header.version });
  const version = await history.save({
    promptName,
    prompt: candidate.prompt,
    origin: 'optimized',
    parentId: parent.id,
    ...(note === undefined ? {} : { note }),
    metadata: {
      runId,
      candidateId,
      dataset: header.datasetName,
      metric: header.metrics[0] ?? '',
      taskModel: header.taskModel,
      optimizerModel: header.optimizerModel ?? '',
      ...(state.claim ? { verdict: state.claim.verdict } : {}),
    },
  });
  for (const evaluation of state.evaluations) {
    if (evaluation.candidateId !== candidateId || evaluation.purpose !== 'claim') continue;
    await history.saveMeasurement(
      measurementOf(evaluation, {
        version: { promptName, number: version.number },
        datasetName: header.datasetName,
        datasetFingerprint: header.datasetFingerprint,
        taskModel: header.taskModel,
        measuredAt: now().toISOString(),
        runId,
      }),
    );
  }
  const event = { type: 'version-save', candidateId, version: version.number } as const;
  await logs.append(runId, event);
  try {
    await reportAgain(runId, promptName, reduce(state, event), { files, reportOf });
  } catch (error) {
    // The version is saved; a report that somebody has changed or removed stays as it is.
    if (!(error instanceof StoreError)) throw error;
  }
  return version;
}

/** A run as its log says. */
export async function stateOf(runId: string, logs: Stores['logs']): Promise<RunState> {
  let state = emptyRun;
  for await (const event of logs.events(runId)) state = reduce(state, event);
  return state;
}
