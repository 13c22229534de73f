import { commands as vscodeCommands, Uri, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { EngineError, RequestError } from '../../engine/index.ts';
import type { Engine, RunSummary } from '../../engine/index.ts';
import type { UnreadableRun } from '../../panel/messages.ts';
import { runSession } from './runSession.ts';
import type { RunSession } from './runSession.ts';

/** A recorded run as it was, or why it cannot be shown. */
export type ReplayedRun = { readonly session: RunSession } | { readonly unreadable: UnreadableRun };

/** Reads a run from its log. Throws a `RequestError` where there is no such run. */
export async function replayRun(
  engine: Engine,
  folder: WorkspaceFolder,
  runId: string,
): Promise<ReplayedRun> {
  const summary = await summaryOf(engine, runId);
  const isUnreadable = async (sentence: string): Promise<ReplayedRun> => ({
    unreadable: { runId, sentence, hasReport: await hasReport(folder, summary) },
  });
  if (summary?.unreadable) return isUnreadable(summary.unreadable);
  const session = runSession(
    () => engine.replay(runId),
    () => undefined,
  );
  try {
    await session.finished;
    return { session };
  } catch (error) {
    if (error instanceof RequestError) throw error;
    return isUnreadable(
      error instanceof EngineError
        ? error.message
        : 'Its log does not read as this release of Prompt Refiner writes logs.',
    );
  }
}

/** Shows the report of a run as VS Code shows Markdown. */
export async function openReport(
  engine: Engine,
  folder: WorkspaceFolder,
  runId: string,
): Promise<void> {
  const summary = await summaryOf(engine, runId);
  if (!(await hasReport(folder, summary))) {
    throw new RequestError(
      'This run has no report: one is written when a run ends. Resume the run, or start another.',
    );
  }
  await vscodeCommands.executeCommand('markdown.showPreview', reportOf(folder, summary));
}

/** Shows the files of a run in the Explorer. */
export async function showFiles(
  engine: Engine,
  folder: WorkspaceFolder,
  runId: string,
): Promise<void> {
  const summary = await summaryOf(engine, runId);
  if (!summary) return;
  await vscodeCommands.executeCommand(
    'revealInExplorer',
    Uri.joinPath(folder.uri, summary.folder, 'run.json'),
  );
}

async function summaryOf(engine: Engine, runId: string): Promise<RunSummary | undefined> {
  return (await engine.runs()).find(run => run.runId === runId);
}

async function hasReport(
  folder: WorkspaceFolder,
  summary: RunSummary | undefined,
): Promise<boolean> {
  const report = reportOf(folder, summary);
  if (!report) return false;
  return workspace.fs.stat(report).then(
    () => true,
    () => false,
  );
}

function reportOf(folder: WorkspaceFolder, summary: RunSummary | undefined): Uri | undefined {
  return summary && Uri.joinPath(folder.uri, summary.folder, 'report.md');
}
