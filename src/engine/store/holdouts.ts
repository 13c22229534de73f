import type { Files } from '../core/files.ts';
import { digest } from './digest.ts';
import { formatJson, schema } from './json.ts';
import { holdoutsFolder } from './layout.ts';

/** Rows that have judged a result of a prompt, in one run. */
export interface HoldoutUse {
  readonly promptName: string;
  readonly runId: string;
  /** Ids of the test rows, or of all rows where folds held them out. */
  readonly exampleIds: readonly string[];
}

/** What stands in the ledger beside that. */
export interface HoldoutFacts {
  readonly datasetFingerprint: string;
  /** ISO time. */
  readonly claimedAt: string;
}

/** Writes into the ledger that these rows have judged a result. A run is in it once, however often it goes on. */
export async function recordHoldout(
  files: Files,
  { promptName, runId, exampleIds }: HoldoutUse,
  { datasetFingerprint, claimedAt }: HoldoutFacts,
): Promise<void> {
  const rowsDigest = digestOf(exampleIds);
  const rows = exampleIds.length;
  await files.write(
    `${holdoutsFolder(promptName)}/${stemOf(exampleIds)}${runId}.json`,
    formatJson({ schema, runId, rows, rowsDigest, datasetFingerprint, claimedAt }),
    { ifAbsent: true },
  );
}

/** How many other runs these very rows have judged a result of the prompt in. */
export async function earlierClaims(
  files: Files,
  { promptName, exampleIds, runId }: Omit<HoldoutUse, 'runId'> & { readonly runId?: string },
): Promise<number> {
  const stem = stemOf(exampleIds);
  const names = await files.list(holdoutsFolder(promptName));
  return names.filter(
    name =>
      name.startsWith(stem) && name.endsWith('.json') && name !== `${stem}${runId ?? ''}.json`,
  ).length;
}

function stemOf(exampleIds: readonly string[]): string {
  return `${digestOf(exampleIds).slice(0, 16)}-`;
}

function digestOf(exampleIds: readonly string[]): string {
  return digest(JSON.stringify([...exampleIds].sort()));
}
