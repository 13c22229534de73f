import type { Prompt } from './core/prompt.ts';
import type { Evaluation } from './core/trial.ts';
import { measurementOf } from './measurement.ts';
import type { EngineParts } from './parts.ts';
import type { PreparedRun } from './prepare.ts';
import type { Session } from './session.ts';

/** The candidate's id: a hash of both components. */
export function candidateId(prompt: Prompt, { hash }: Pick<EngineParts, 'hash'>): string {
  return hash(JSON.stringify([prompt.system, prompt.output])).slice(0, 16);
}

/** Writes down beside the run's original what an evaluation has measured of it, if it has. */
export async function keepMeasurement(
  evaluation: Evaluation,
  session: Session,
  { dataset, taskModel }: Pick<PreparedRun, 'dataset' | 'taskModel'>,
): Promise<void> {
  if (!belongsToOriginal(evaluation, session)) return;
  const { runId, request, version, parts, stores } = session;
  await stores.history.saveMeasurement(
    measurementOf(evaluation, {
      version: { promptName: request.promptName, number: version },
      datasetName: dataset.name,
      datasetFingerprint: dataset.fingerprint,
      taskModel,
      measuredAt: parts.now().toISOString(),
      runId,
    }),
  );
}

/** Only rows that the prompt was not chosen by, and all of them, may stand beside a version. */
function belongsToOriginal(evaluation: Evaluation, { request, parts }: Session): boolean {
  const judged = evaluation.purpose === 'claim' || evaluation.purpose === 'evaluate';
  const whole = evaluation.outcomes['not-run'] === 0;
  return (
    judged &&
    whole &&
    request.only === undefined &&
    evaluation.candidateId === candidateId(request.prompt, parts)
  );
}
