import type { RunReport, RunReportFacts, RunState } from '../engine/index.ts';
import { runJson } from './resultJson.ts';
import { reportText } from './reportText.ts';
import { runResult } from './runResult.ts';

/**
 * The report that the engine writes into a run's folder: the Markdown page of `--report`, and the
 * fields of `--json` with the best prompt. The single answers of an evaluation stay in the log
 * beside it. Throws where the run has not ended.
 */
export function runReport(
  state: RunState,
  { originalPath, milliseconds, resumed }: RunReportFacts,
): RunReport {
  const { header, ended } = state;
  if (!header || !ended) throw new Error('A run that has not ended has no report.');
  const { sentence, errorCode } = ended;
  const { promptName, version: number } = header;
  const result = runResult(state, header, {
    end: { sentence, milliseconds, ...(errorCode === undefined ? {} : { errorCode }) },
    versions: [{ role: 'original', promptName, number, path: originalPath }],
    resumed,
  });
  const { rows: _answers, ...fields } = runJson(result);
  const { id, prompt } = result.best;
  return {
    markdown: reportText(result),
    json: { kind: header.kind, ...fields, best: { candidateId: id, prompt } },
  };
}
