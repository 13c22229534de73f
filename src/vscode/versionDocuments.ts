import { commands as vscodeCommands, Uri, ViewColumn, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import type { VersionRef } from '../engine/index.ts';
import { answerText } from './answerDocuments.ts';
import { candidateText, shownPrompt } from './candidateDocuments.ts';
import type { Host } from './host.ts';
import { commands, schemes } from './ids.ts';
import { guarded } from './notify.ts';
import { runPlaceIn } from './runDocuments.ts';
import { serveDocuments } from './servedDocuments.ts';
import { requireFolder } from './trust.ts';

/** Read-only `prompt-version:` documents, so that VS Code's own editors show versions. */
export function versionDocuments(host: Host): void {
  host.context.subscriptions.push(
    serveDocuments(schemes.version, { read: uri => textOf(host, uri) }),
    vscodeCommands.registerCommand(commands.openVersion, (ref: VersionRef) =>
      guarded(host.log, async () => {
        await vscodeCommands.executeCommand('vscode.open', versionUri(requireFolder(), ref));
      }),
    ),
  );
}

async function textOf(host: Host, uri: Uri): Promise<string | undefined> {
  const ofRun = runPlaceIn(uri);
  const address = ofRun?.folder ?? uri.query;
  const folder = workspace.workspaceFolders?.find(each => each.uri.toString() === address);
  if (!folder) return undefined;
  const engine = await host.engine(folder);
  if (ofRun) {
    const { runId, candidateId, exampleId } = ofRun.place;
    return exampleId === undefined
      ? candidateText(engine, runId, candidateId)
      : answerText(engine, { runId, candidateId, exampleId });
  }
  const ref = versionIn(uri);
  return ref && shownPrompt((await engine.history.read(ref)).prompt);
}

/** The document of a version. Its name ends in `.md`: VS Code wraps Markdown. */
export function versionUri(folder: WorkspaceFolder, { promptName, number }: VersionRef): Uri {
  return Uri.from({
    scheme: schemes.version,
    path: `/${promptName}/v${number}.md`,
    query: folder.uri.toString(),
  });
}

/** Opens VS Code's diff editor on two versions of a prompt. */
export async function openVersionDiff(
  folder: WorkspaceFolder,
  left: VersionRef,
  right: VersionRef,
): Promise<void> {
  await vscodeCommands.executeCommand(
    'vscode.diff',
    versionUri(folder, left),
    versionUri(folder, right),
    `${left.promptName}: v${left.number} ↔ v${right.number}`,
    // Never where the metric table is: the diff stands above it.
    { viewColumn: ViewColumn.One },
  );
}

function versionIn({ path }: Uri): VersionRef | undefined {
  const match = /^\/(.+)\/v(\d+)\.md$/.exec(path);
  return match ? { promptName: match[1] ?? '', number: Number(match[2]) } : undefined;
}
