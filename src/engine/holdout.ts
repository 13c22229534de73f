import type { RunEvent } from './core/run.ts';
import type { EngineParts } from './parts.ts';
import type { PreparedOptimization } from './prepare.ts';
import { recordHoldout } from './store/holdouts.ts';

/** The rows that are to judge a search: the test rows, or all of them where folds hold them out. */
export function judgingRows({
  splits,
  folds,
}: Pick<PreparedOptimization, 'splits' | 'folds'>): readonly string[] {
  const rows = folds ? [...splits.train, ...splits.validation] : splits.test;
  return rows.map(({ id }) => id);
}

/** Writes a claim into the ledger; one that no other prompt was found for has tried nothing. */
export async function keepClaim(
  event: RunEvent,
  { runId, promptName }: { readonly runId: string; readonly promptName: string },
  prepared: PreparedOptimization,
  { files, now }: Pick<EngineParts, 'files' | 'now'>,
): Promise<void> {
  if (event.type !== 'claim-end' || event.claim.verdict === 'unchanged') return;
  const exampleIds = judgingRows(prepared);
  const { fingerprint: datasetFingerprint } = prepared.dataset;
  const facts = { datasetFingerprint, claimedAt: now().toISOString() };
  await recordHoldout(files, { promptName, runId, exampleIds }, facts);
}
