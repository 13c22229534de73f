import type { RunHeader, RunReport, RunReportFacts, RunState } from '../engine/index.ts';
import { runJson } from './resultJson.ts';
import { reportText } from './reportText.ts';
import { runResult, type SavedVersion } from './runResult.ts';

/**
 * The report that the engine writes into a run's folder: the Markdown page of `--report`, and the
 * fields of `--json` with the best prompt. The single answers of an evaluation stay in the log
 * beside it. Throws where the run has not ended.
 */
export function runReport(
  state: RunState,
  { pathOf, milliseconds, resumed }: RunReportFacts,
): RunReport {
  const { header, ended } = state;
  if (!header || !ended) throw new Error('A run that has not ended has no report.');
  const { sentence, errorCode } = ended;
  const result = runResult(state, header, {
    end: { sentence, milliseconds, ...(errorCode === undefined ? {} : { errorCode }) },
    versions: savedVersions(state, header, pathOf),
    resumed,
  });
  const { rows: _answers, ...fields } = runJson(result);
  const { id, prompt } = result.best;
  return {
    markdown: reportText(result),
    json: { kind: header.kind, ...fields, best: { candidateId: id, prompt } },
  };
}

/** The original, and every candidate that was saved so far. */
function savedVersions(
  { saved, ended }: RunState,
  { promptName, version, original }: RunHeader,
  pathOf: RunReportFacts['pathOf'],
): SavedVersion[] {
  const roleOf = (id: string): SavedVersion['role'] =>
    id === original.id ? 'original' : id === ended?.bestId ? 'winner' : 'candidate';
  const all = Object.entries({ ...saved, [original.id]: version });
  return all
    .map(([id, number]) => ({ role: roleOf(id), promptName, number, path: pathOf(number) }))
    .sort((left, right) => left.number - right.number);
}
