import { commands as vscodeCommands } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { emptyRun, reduce } from '../engine/index.ts';
import type { Engine, Prompt, RunState } from '../engine/index.ts';
import { runDocumentUri } from './runDocuments.ts';

/** The text of a candidate of a recorded run, ready to show; undefined where there is none. */
export async function candidateText(
  engine: Engine,
  runId: string,
  candidateId: string,
): Promise<string | undefined> {
  let state = emptyRun;
  for await (const event of engine.replay(runId)) {
    state = reduce(state, event);
    const candidate = state.candidates[candidateId];
    if (candidate) return shownPrompt(candidate.prompt);
  }
  return undefined;
}

/**
 * A prompt as one read-only text. Only the output component has a heading, so that a diff against a
 * prompt without one shows what was added and nothing else.
 */
export function shownPrompt({ system, output }: Prompt): string {
  return output === '' ? `${system}\n` : `${system}\n\n# Output\n\n${output}\n`;
}

/** Opens VS Code's diff editor: the winner against the original, an edit against its parent. */
export async function openCandidateDiff(
  folder: WorkspaceFolder,
  state: RunState,
  candidateId: string,
): Promise<void> {
  const { header, candidates, ended, incumbentId } = state;
  const candidate = candidates[candidateId];
  if (!header || !candidate) return;
  const isWinner = candidateId === (ended?.bestId ?? incumbentId);
  const left = isWinner ? header.original.id : (candidate.parents[0] ?? header.original.id);
  const { runId, promptName } = header;
  const [before, after] = isWinner ? ['original', 'best'] : ['before', candidate.operator];
  const at = (id: string, side: string) =>
    runDocumentUri(folder, { runId, candidateId: id }, `${promptName}, ${side}.md`);
  await vscodeCommands.executeCommand(
    'vscode.diff',
    at(left, before),
    at(candidateId, after),
    `${promptName}: ${before} ↔ ${after}`,
  );
}
