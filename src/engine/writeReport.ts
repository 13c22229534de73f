import { emptyRun, reduce } from './core/reduce.ts';
import type { RunReportFacts } from './core/report.ts';
import type { RunEvent, RunState } from './core/run.ts';
import type { EngineParts } from './parts.ts';
import { formatJson, objectField, parseRecord, schema } from './store/json.ts';
import { reportPath, versionPaths } from './store/layout.ts';

/** The run that a report is written of. */
export interface ReportedRun {
  readonly runId: string;
  readonly promptName: string;
  /** Whether it went on with an interrupted run. */
  readonly resumed: boolean;
}

/**
 * Follows a run; with its last event it writes `report.json` and `report.md` into the run's folder,
 * whichever face the run was started from. A session that goes on with the run writes them again:
 * the newest end is the one that counts.
 */
export function reporter(
  { runId, promptName, resumed }: ReportedRun,
  { files, now, reportOf }: EngineParts,
): (event: RunEvent) => Promise<void> {
  const began = now().getTime();
  let state = emptyRun;
  return async event => {
    state = reduce(state, event);
    if (event.type !== 'run-end') return;
    const milliseconds = now().getTime() - began;
    await write(state, { runId, promptName, resumed, milliseconds }, { files, reportOf });
  };
}

/** Writes the report of a run that has ended once more: a candidate of it was saved since. */
export async function reportAgain(
  runId: string,
  promptName: string,
  state: RunState,
  parts: Pick<EngineParts, 'files' | 'reportOf'>,
): Promise<void> {
  const path = reportPath(promptName, runId, 'json');
  const text = await parts.files.read(path);
  if (text === undefined || !state.ended) return;
  const report = parseRecord(path, text);
  const { milliseconds } = objectField(path, report, 'end');
  const facts = { runId, promptName, resumed: report['resumed'] === true };
  await write(
    state,
    { ...facts, milliseconds: typeof milliseconds === 'number' ? milliseconds : 0 },
    parts,
  );
}

type Written = ReportedRun & Pick<RunReportFacts, 'milliseconds'>;

async function write(
  state: RunState,
  { runId, promptName, milliseconds, resumed }: Written,
  { files, reportOf }: Pick<EngineParts, 'files' | 'reportOf'>,
): Promise<void> {
  const { markdown, json } = await reportOf(state, {
    pathOf: number => versionPaths({ promptName, number }).system,
    milliseconds,
    resumed,
  });
  await files.write(reportPath(promptName, runId, 'json'), formatJson({ schema, ...json }));
  await files.write(reportPath(promptName, runId, 'md'), markdown);
}
