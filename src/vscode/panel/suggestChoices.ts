import { RelativePattern, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import type { Engine } from '../../engine/index.ts';
import type { PromptChoice, RunForm, Suggested } from '../../panel/messages.ts';
import { datasetFiles } from './datasetChoice.ts';
import { formPath } from './promptChoice.ts';

/** What the workspace makes clear, and why, where the person has chosen nothing yet. */
export interface Suggestion {
  readonly form: Partial<Pick<RunForm, 'prompt' | 'dataset'>>;
  readonly why: Suggested;
}

/** Looks for the prompt and the dataset that a person most likely means; never asks. */
export async function suggestChoices(
  form: Pick<RunForm, 'prompt' | 'dataset'>,
  engine: Engine,
  folder: WorkspaceFolder,
): Promise<Suggestion> {
  const found = form.prompt ? undefined : await likelyPrompt(engine, folder);
  const dataset =
    form.dataset === ''
      ? await likelyDataset(form.prompt ?? found?.prompt, engine, folder)
      : undefined;
  return {
    form: {
      ...(found ? { prompt: found.prompt } : {}),
      ...(dataset ? { dataset: dataset.path } : {}),
    },
    why: { ...(found ? { prompt: found.why } : {}), ...(dataset ? { dataset: dataset.why } : {}) },
  };
}

/** The newest saved version; else the only file that calls itself a prompt. */
async function likelyPrompt(
  { history }: Engine,
  folder: WorkspaceFolder,
): Promise<{ readonly prompt: PromptChoice; readonly why: string } | undefined> {
  const lists = await Promise.all((await history.names()).map(name => history.list(name)));
  const newest = lists
    .flatMap(versions => versions.slice(-1))
    .toSorted((left, right) => (left.createdAt < right.createdAt ? 1 : -1))[0];
  if (newest) {
    const { promptName, number } = newest;
    const prompt = { kind: 'version', promptName, number } as const;
    return { prompt, why: 'Suggested: the newest saved version.' };
  }
  const files = await workspace.findFiles(
    new RelativePattern(folder, '**/{*.prompt,prompt.md,prompt.txt,*-prompt.md,*.prompt.md}'),
    '{**/node_modules/**,**/.*/**}',
    2,
  );
  const [only, another] = files;
  if (!only || another) return undefined;
  return {
    prompt: { kind: 'file', path: formPath(folder, only) },
    why: 'Suggested: the only prompt file of this folder.',
  };
}

/** The only dataset beside the prompt; else the only one of the whole folder. */
async function likelyDataset(
  prompt: PromptChoice | undefined,
  engine: Engine,
  folder: WorkspaceFolder,
): Promise<{ readonly path: string; readonly why: string } | undefined> {
  if (!prompt) return undefined;
  const paths = await datasetFiles(folder);
  const source = await sourceOf(prompt, engine);
  const beside = paths.filter(path => source !== undefined && folderOf(path) === folderOf(source));
  if (beside.length === 1 && beside[0]) {
    return { path: beside[0], why: 'Suggested: the only dataset beside the prompt.' };
  }
  if (paths.length !== 1 || !paths[0]) return undefined;
  return { path: paths[0], why: 'Suggested: the only dataset of this folder.' };
}

/** The file that a prompt stands in, where that is known. */
async function sourceOf(prompt: PromptChoice, { history }: Engine): Promise<string | undefined> {
  if (prompt.kind === 'file') return prompt.path;
  if (prompt.kind === 'selection') return undefined;
  const versions = await history.list(prompt.promptName);
  const source = versions.find(({ number }) => number === prompt.number)?.metadata['source'];
  return typeof source === 'string' ? source : undefined;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
