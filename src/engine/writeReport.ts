import { emptyRun, reduce } from './core/reduce.ts';
import type { RunEvent } from './core/run.ts';
import type { EngineParts } from './parts.ts';
import { formatJson, schema } from './store/json.ts';
import { reportPath, versionPaths } from './store/layout.ts';

/** The run that a report is written of. */
export interface ReportedRun {
  readonly runId: string;
  readonly promptName: string;
  /** The saved version of the original prompt. */
  readonly version: number;
  /** Whether it went on with an interrupted run. */
  readonly resumed: boolean;
}

/**
 * Follows a run; with its last event it writes `report.json` and `report.md` into the run's folder,
 * whichever face the run was started from. A session that goes on with the run writes them again:
 * the newest end is the one that counts.
 */
export function reporter(
  { runId, promptName, version, resumed }: ReportedRun,
  { files, now, reportOf }: EngineParts,
): (event: RunEvent) => Promise<void> {
  const began = now().getTime();
  let state = emptyRun;
  return async event => {
    state = reduce(state, event);
    if (event.type !== 'run-end') return;
    const { markdown, json } = await reportOf(state, {
      originalPath: versionPaths({ promptName, number: version }).system,
      milliseconds: now().getTime() - began,
      resumed,
    });
    await files.write(reportPath(promptName, runId, 'json'), formatJson({ schema, ...json }));
    await files.write(reportPath(promptName, runId, 'md'), markdown);
  };
}
