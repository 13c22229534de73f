import { exportRows, type ExportFormat } from './datasets/exportRows.ts';
import { judgedRows } from './judgedRows.ts';
import type { EngineParts } from './parts.ts';
import type { Stores } from './session.ts';

/** Which run is to be written in which form. */
export interface ExportRequest {
  readonly runId: string;
  readonly format: ExportFormat;
  /** JUnit: least value of the primary metric with which a row passes, 0..1; 1 where absent. */
  readonly passMark?: number;
  /** JSON and JSON Lines: further columns of the dataset that each row brings along. */
  readonly columns?: readonly string[];
}

/** The judged rows of a recorded run as one text. Throws as `judgedRows` does. */
export async function exportRun(
  { runId, format, passMark, columns }: ExportRequest,
  parts: EngineParts,
  stores: Stores,
  signal?: AbortSignal,
): Promise<string> {
  const { header, rows } = await judgedRows(
    { runId, ...(columns ? { columns } : {}) },
    parts,
    stores,
    signal,
  );
  return exportRows(rows, format, {
    metrics: header.metrics,
    name: `${header.promptName} v${header.version}, ${header.datasetName}`,
    ...(passMark === undefined ? {} : { passMark }),
  });
}
