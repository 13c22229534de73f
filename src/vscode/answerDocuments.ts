import { commands as vscodeCommands } from 'vscode';
import type { Uri, WorkspaceFolder } from 'vscode';
import { emptyRun, reduce, RequestError } from '../engine/index.ts';
import type { Engine, RunState, VersionsComparison } from '../engine/index.ts';
import { rowName, sidesOf } from '../panel/presentRows.ts';
import { trialsByCandidate } from '../panel/presentTrials.ts';
import { runDocumentUri } from './runDocuments.ts';
import type { RunPlace } from './runDocuments.ts';

/** What a prompt of a recorded run answered to a row; undefined where it was not asked. */
export async function answerText(
  engine: Engine,
  { runId, candidateId, exampleId }: Required<RunPlace>,
): Promise<string | undefined> {
  let state = emptyRun;
  for await (const event of engine.replay(runId)) state = reduce(state, event);
  const answer = answerIn(state, candidateId, exampleId);
  return answer && (answer.failure === undefined ? answer.output : `[${answer.failure}]`);
}

/** Opens VS Code's diff editor on the two answers to a row: of the original and of the best. */
export async function openAnswerDiff(
  folder: WorkspaceFolder,
  state: RunState,
  exampleId: string,
): Promise<void> {
  const sides = sidesOf(state);
  const isRow = (rollout: { readonly exampleId: string }): boolean =>
    rollout.exampleId === exampleId;
  const row = sides?.first.rollouts.find(isRow);
  // Each fold has a winner of its own.
  const secondId = sides?.second.rollouts.find(isRow)?.candidateId ?? sides?.second.candidateId;
  if (!state.header || !sides || !row || secondId === undefined) return;
  const { runId } = state.header;
  const at = (candidateId: string, side: string): Uri =>
    answerUri(folder, { runId, candidateId, exampleId }, `${rowName(row)}, ${side}`);
  await vscodeCommands.executeCommand(
    'vscode.diff',
    at(sides.first.candidateId, 'original'),
    at(secondId, 'best'),
    `Answer to ${rowName(row)}: original ↔ best`,
  );
}

/** What any prompt of the run answered to a row, beside what the original did; alone where there is no other. */
export async function openCandidateAnswer(
  folder: WorkspaceFolder,
  state: RunState,
  { candidateId, exampleId }: { readonly candidateId: string; readonly exampleId: string },
): Promise<void> {
  const { header } = state;
  const answer = answerIn(state, candidateId, exampleId);
  if (!header || !answer) return;
  const { runId, original } = header;
  const number = trialsByCandidate(state).get(candidateId);
  const isOriginal = candidateId === original.id;
  const name = isOriginal ? 'original' : number === undefined ? 'one edit' : `trial ${number}`;
  const at = (id: string, side: string): Uri =>
    answerUri(folder, { runId, candidateId: id, exampleId }, `${rowName(answer)}, ${side}`);
  if (isOriginal || !answerIn(state, original.id, exampleId)) {
    await vscodeCommands.executeCommand('vscode.open', at(candidateId, name));
    return;
  }
  await vscodeCommands.executeCommand(
    'vscode.diff',
    at(original.id, 'original'),
    at(candidateId, name),
    `Answer to ${rowName(answer)}: original ↔ ${name}`,
  );
}

/** The same for two versions of a comparison: the first, and the one at `place`. */
export async function openComparedAnswers(
  folder: WorkspaceFolder,
  { rows, versions }: VersionsComparison,
  { exampleId, place }: { readonly exampleId: string; readonly place: number },
): Promise<void> {
  const row = rows?.rows.find(each => each.exampleId === exampleId);
  if (!rows || !row) return;
  // A click on the first version means: against the last.
  const other = place === 0 ? versions.length - 1 : place;
  const [left, right] = [rows.records[0], rows.records[other]];
  if (!left || !right) {
    throw new RequestError(
      'The answers are not here: they stay in the folder of runs on the computer that measured them. Measure both versions here to see them.',
    );
  }
  const name = (at: number): string => `v${versions[at]?.number ?? ''}`;
  await vscodeCommands.executeCommand(
    'vscode.diff',
    answerUri(folder, { ...left, exampleId }, `${rowName(row)}, ${name(0)}`),
    answerUri(folder, { ...right, exampleId }, `${rowName(row)}, ${name(other)}`),
    `Answer to ${rowName(row)}: ${name(0)} ↔ ${name(other)}`,
  );
}

function answerIn({ evaluations, folds }: RunState, candidateId: string, exampleId: string) {
  return [...evaluations, ...folds]
    .flatMap(({ rollouts }) => rollouts)
    .findLast(rollout => rollout.exampleId === exampleId && rollout.candidateId === candidateId);
}

function answerUri(folder: WorkspaceFolder, place: RunPlace, name: string): Uri {
  return runDocumentUri(folder, place, `${name}.txt`);
}
