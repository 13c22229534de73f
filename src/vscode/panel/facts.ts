import type { WorkspaceFolder } from 'vscode';
import { DatasetError, EngineError } from '../../engine/index.ts';
import type {
  DatasetPreview,
  DatasetProblem,
  Engine,
  ProviderListing,
  RunSummary,
} from '../../engine/index.ts';
import type { FieldProblem, RunForm } from '../../panel/messages.ts';
import { remedyButton } from '../../panel/remedies.ts';
import { readPromptChoice } from './promptChoice.ts';
import type { ChosenPrompt } from './promptChoice.ts';

/** What the host has found out about the form's choices; it is read again when one changes. */
export interface Facts {
  readonly prompt?: ChosenPrompt;
  readonly dataset?: DatasetPreview;
  /** Why the dataset cannot be used at all, with the line. */
  readonly fault?: DatasetProblem;
  /** Problems at the prompt and the dataset. */
  readonly problems: readonly FieldProblem[];
}

/** What the host knows of the engine: it changes with settings and keys. */
export interface Surroundings {
  readonly metrics: ReturnType<Engine['metrics']>;
  readonly strategies: ReturnType<Engine['strategies']>;
  readonly providers: readonly ProviderListing[];
  /** Undefined until the folder has been read. */
  readonly runs?: readonly RunSummary[];
}

/** Reads the chosen prompt and looks into the chosen dataset. */
export async function readFacts(
  form: RunForm,
  engine: Engine,
  folder: WorkspaceFolder,
): Promise<Facts> {
  const { prompt: choice, dataset: path, encoding } = form;
  const prompt = choice && (await read('prompt', () => readPromptChoice(choice, engine, folder)));
  const promptName = prompt?.value?.promptName;
  const how = {
    ...(encoding === '' ? {} : { encoding }),
    ...(promptName === undefined ? {} : { promptName }),
  };
  const dataset = path === '' ? undefined : await read('dataset', () => engine.preview(path, how));
  return {
    ...(prompt?.value ? { prompt: prompt.value } : {}),
    ...(dataset?.value ? { dataset: dataset.value } : {}),
    ...faultIn(dataset?.error),
    problems: [prompt?.problem, dataset?.problem].filter(problem => problem !== undefined),
  };
}

/** Models are asked for again after this time, in milliseconds: each time is a request on the net. */
const modelsStayFresh = 60_000;
const listings = new WeakMap<Engine, { at: number; providers: readonly ProviderListing[] }>();

/** The models of every provider, asked for anew where the last answer is old. */
export async function listModels(
  engine: Engine,
  signal: AbortSignal,
): Promise<readonly ProviderListing[]> {
  const known = listings.get(engine);
  if (known && Date.now() - known.at < modelsStayFresh) return known.providers;
  const providers = await engine.models(signal);
  listings.set(engine, { at: Date.now(), providers });
  return providers;
}

/** An error as a sentence at a field, with its remedy. Anything but an `EngineError` is thrown on. */
export function problemAt(field: FieldProblem['field'], error: unknown): FieldProblem {
  if (!(error instanceof EngineError)) throw error;
  const { message, remedy } = error;
  return { field, message, ...(remedy ? { remedy: remedyButton(remedy) } : {}) };
}

/** A fault of the dataset as a line of the file; line 1 where it is the whole file's. */
export function faultIn(error: unknown): { fault?: DatasetProblem } {
  if (!(error instanceof DatasetError)) return {};
  return { fault: { line: error.line ?? 1, message: error.message } };
}

async function read<Value>(
  field: FieldProblem['field'],
  take: () => Promise<Value>,
): Promise<{ value?: Value; problem?: FieldProblem; error?: unknown }> {
  try {
    return { value: await take() };
  } catch (error) {
    return { problem: problemAt(field, error), error };
  }
}

/** Nothing is chosen, or nothing has been looked at yet. */
export const noFacts: Facts = { problems: [] };
