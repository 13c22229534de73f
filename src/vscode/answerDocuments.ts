import { commands as vscodeCommands, Uri } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { emptyRun, reduce } from '../engine/index.ts';
import type { Engine, RunState } from '../engine/index.ts';
import { formatCount } from '../panel/format.ts';
import { schemes } from './ids.ts';

/** One prompt of a run on one row. */
export interface AnswerPlace {
  readonly runId: string;
  readonly candidateId: string;
  readonly exampleId: string;
}

/** What a prompt of a recorded run answered to a row; undefined where it was not asked. */
export async function answerText(
  engine: Engine,
  { runId, candidateId, exampleId }: AnswerPlace,
): Promise<string | undefined> {
  let state = emptyRun;
  for await (const event of engine.replay(runId)) state = reduce(state, event);
  return answerIn(state, candidateId, exampleId)?.output;
}

/** Opens VS Code's diff editor on the two answers to a row: of the original and of the best. */
export async function openAnswerDiff(
  folder: WorkspaceFolder,
  state: RunState,
  exampleId: string,
): Promise<void> {
  const { header, claim } = state;
  const answer = claim && answerIn(state, claim.bestId, exampleId);
  if (!header || !answer) return;
  const at = (candidateId: string): Uri =>
    answerUri(folder, { runId: header.runId, candidateId, exampleId });
  const line = formatCount(answer.line ?? 0);
  await vscodeCommands.executeCommand(
    'vscode.diff',
    at(claim.originalId),
    at(claim.bestId),
    `Answer to line ${line}: original ↔ best`,
  );
}

function answerIn({ evaluations }: RunState, candidateId: string, exampleId: string) {
  return evaluations
    .filter(evaluation => evaluation.candidateId === candidateId)
    .flatMap(({ rollouts }) => rollouts)
    .findLast(rollout => rollout.exampleId === exampleId);
}

/** Below the candidates of a run, in the scheme of the versions. */
function answerUri(folder: WorkspaceFolder, place: AnswerPlace): Uri {
  const { runId, candidateId, exampleId } = place;
  return Uri.from({
    scheme: schemes.version,
    path: `/runs/${runId}/${candidateId}/${exampleId}.txt`,
    query: folder.uri.toString(),
  });
}
