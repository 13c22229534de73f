import { join } from 'node:path';
import {
  RequestError,
  runGate,
  versionPaths,
  type Breakdown,
  type Engine,
  type Estimate,
  type ExportFormat,
  type OptimizeRequest,
  type RunHeader,
} from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import { mappingOf } from './columns.ts';
import { datasetPath } from './datasetPath.ts';
import { estimateText } from './estimateText.ts';
import { checkExportPath, writeExport } from './export.ts';
import { exitCodeOfRun } from './exitCodeOfRun.ts';
import { exitCodes } from './exitCodes.ts';
import { budgetOf, settingsOf, type AnyRunFlags } from './flags.ts';
import { followRun, type FollowedRun } from './followRun.ts';
import { probeFirst } from './probeFirst.ts';
import { choosePrompt } from './promptChoice.ts';
import { refuseRecordedFlags } from './recordedFlags.ts';
import { checkReportPath, writeReport } from './report.ts';
import { runJson } from '../report/resultJson.ts';
import { resultText } from './resultText.ts';
import { runResult, type RunResult, type SavedVersion } from '../report/runResult.ts';
import { folderOf, openEngine, type Shell } from './shell.ts';
import { allowSpending } from './spendGate.ts';
import type { VerbResult } from './verb.ts';

type Kind = RunHeader['kind'];

/** `evaluate` and `optimize`: say what it will cost, run, save, and report. */
export async function runVerb(kind: Kind, flags: AnyRunFlags, shell: Shell): Promise<VerbResult> {
  await checkReportPath(flags.report, shell.here);
  await checkExportPath(flags.export, shell.here);
  const engine = openEngine(flags, shell);
  const gate = runGate(
    () => undefined,
    () => Date.now(),
  );
  if (flags.resume !== undefined) {
    refuseRecordedFlags(flags);
    const events = engine.resume(flags.resume, shell.signal, {
      budget: budgetOf(flags),
      acceptChanges: flags.acceptChanges,
      gate,
    });
    return finish(await followRun(events, flags, shell, gate), engine, flags, shell);
  }
  if (flags.acceptChanges) {
    throw new RequestError('--accept-changes goes with --resume RUN; leave it out of a new run.');
  }
  const asked = await requestOf(flags, engine, shell);
  const first = await engine.estimate(asked, kind);
  const { probe, request } = flags.probe
    ? await probeFirst(kind, asked, first, flags, { engine, shell })
    : { probe: undefined, request: asked };
  const estimate = probe ? await engine.estimate(request, kind, shell.signal, probe) : first;
  if (flags.estimate) {
    return {
      exitCode: exitCodes.done,
      text: estimateText(estimate, kind),
      json: { estimate },
    };
  }
  shell.terminal.err(estimateText(estimate, kind));
  await allowSpending(estimate, flags, {
    terminal: shell.terminal,
    signal: shell.signal,
  });
  const chosen = withModels(request, estimate, kind);
  const events =
    kind === 'optimize'
      ? engine.optimize(chosen, shell.signal, gate)
      : engine.evaluate(chosen, shell.signal, gate);
  return finish(await followRun(events, flags, shell, gate), engine, flags, shell);
}

async function requestOf(
  flags: AnyRunFlags,
  engine: Engine,
  shell: Shell,
): Promise<OptimizeRequest> {
  const { promptName, prompt } = await choosePrompt(flags, shell.here, engine);
  if (flags.dataset === undefined) {
    throw new RequestError('No dataset was named: give --dataset FILE.');
  }
  const mapping = mappingOf(flags, prompt);
  return {
    promptName,
    prompt,
    dataset: datasetPath(flags.dataset, folderOf(flags, shell), shell.here),
    metrics: flags.metric ?? [],
    settings: settingsOf(flags),
    ...(mapping ? { mapping } : {}),
    ...(flags.columnsByName ? { mappingIsWhole: true } : {}),
    ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
    ...(flags.model ? { taskModel: flags.model } : {}),
    ...(flags.optimizerModel ? { optimizerModel: flags.optimizerModel } : {}),
    ...(flags.lock ? { locked: flags.lock } : {}),
    ...(flags.guard ? { guards: flags.guard } : {}),
    ...(flags.slice ? { slices: flags.slice } : {}),
  };
}

/** The models that the estimate was made for, so that no default is looked up a second time. */
function withModels(request: OptimizeRequest, estimate: Estimate, kind: Kind): OptimizeRequest {
  const { taskModel, optimizerModel } = estimate;
  return { ...request, taskModel, ...(kind === 'optimize' ? { optimizerModel } : {}) };
}

async function finish(
  run: FollowedRun,
  engine: Engine,
  flags: AnyRunFlags,
  shell: Shell,
): Promise<VerbResult> {
  const { header } = run.state;
  if (!header) throw new RequestError('The run ended before it began; nothing was sent.');
  const versions = await savedVersions(run, header, engine, flags, shell);
  const looked = await lookInto(run, engine, shell);
  const { sentence, errorCode, resume, milliseconds } = run;
  const result = runResult(run.state, header, {
    end: {
      sentence,
      milliseconds,
      ...(errorCode === undefined ? {} : { errorCode }),
      ...(resume === undefined ? {} : { resume }),
    },
    asked: flags.targetThreshold,
    versions,
    ...(looked ? { breakdown: looked } : {}),
    resumed: flags.resume !== undefined,
  });
  const files = await writeFiles(result, engine, flags, shell);
  const lines = Object.entries(files.written).map(
    ([kind, path]) => `${kind === 'report' ? 'Report' : 'Export'}: ${cleanLine(path)}\n`,
  );
  return {
    exitCode: exitCodeOfRun(run, result) || (files.failed ? exitCodes.below : exitCodes.done),
    text: resultText(result, shell.terminal) + lines.join(''),
    json: { ...runJson(result), ...files.written },
  };
}

/** Labels, slices and worst rows of an evaluation; a changed dataset does not take its figures. */
async function lookInto(
  { state }: FollowedRun,
  engine: Engine,
  { terminal }: Shell,
): Promise<Breakdown | undefined> {
  const { header, evaluations } = state;
  if (header?.kind !== 'evaluate' || evaluations.length === 0) return undefined;
  try {
    return await engine.breakdown({ runId: header.runId });
  } catch (error) {
    terminal.err(`The rows are not shown: ${cleanLine((error as Error).message)}\n`);
    return undefined;
  }
}

/** Writes what was asked for; a file that could not be written does not take the result with it. */
async function writeFiles(
  result: RunResult,
  engine: Engine,
  flags: AnyRunFlags,
  { here, terminal, signal }: Shell,
): Promise<{ readonly written: Readonly<Record<string, string>>; readonly failed: boolean }> {
  const written: Record<string, string> = {};
  let failed = false;
  const attempt = async (
    kind: 'report' | 'export',
    write: () => Promise<string>,
  ): Promise<void> => {
    try {
      written[kind] = await write();
    } catch (error) {
      failed = true;
      terminal.err(`The ${kind} was not written: ${cleanLine((error as Error).message)}\n`);
    }
  };
  const { report, export: exported, targetThreshold: passMark } = flags;
  if (report !== undefined) await attempt('report', () => writeReport(report, here, result));
  if (exported !== undefined) {
    const { runId } = result.header;
    const textAs = (format: ExportFormat): Promise<string> =>
      engine.exportRun(
        { runId, format, ...(passMark === undefined ? {} : { passMark }) },
        signal.aborted ? undefined : signal,
      );
    await attempt('export', () => writeExport(exported, here, textAs));
  }
  return { written, failed };
}

/** Saves the winner as a version, unless the test rows say that it is worse than the original. */
async function savedVersions(
  { state }: FollowedRun,
  header: RunHeader,
  engine: Engine,
  flags: AnyRunFlags,
  shell: Shell,
): Promise<SavedVersion[]> {
  const { promptName, original, runId } = header;
  const saved = (role: SavedVersion['role'], number: number): SavedVersion => ({
    role,
    promptName,
    number,
    path: join(folderOf(flags, shell), versionPaths({ promptName, number }).system),
  });
  const first = saved('original', header.version);
  const bestId = state.ended?.bestId ?? state.incumbentId;
  if (header.kind === 'evaluate' || bestId === original.id) return [first];
  try {
    const note = state.claim?.sentence ?? 'Best of a run that ended before the test rows were run.';
    const winner = await engine.keep(runId, bestId, note);
    return [first, saved('winner', winner.number)];
  } catch (error) {
    const why = cleanLine((error as Error).message);
    shell.terminal.err(`The winner was not saved as a version: ${why} It is in run ${runId}.\n`);
    return [first];
  }
}
