import type { WorkspaceFolder } from 'vscode';
import { RequestError } from '../../engine/index.ts';
import type { Engine, EvaluateRequest } from '../../engine/index.ts';
import { hasColumns, suggestColumns, takeKept } from '../../panel/columns.ts';
import type { RunForm } from '../../panel/messages.ts';
import { namesOfInputs } from '../../panel/present.ts';
import { readFacts } from '../panel/facts.ts';
import { runRequest } from '../panel/runRequest.ts';
import { readSettings } from '../settings.ts';

/**
 * What an evaluation of a pair is asked for, with its prompt and columns read as they are now.
 * Throws an `EngineError` where the prompt or the dataset is gone, or the form makes no sense.
 */
export async function pairRequest(
  form: RunForm,
  engine: Engine,
  folder: WorkspaceFolder,
): Promise<EvaluateRequest> {
  const { prompt, dataset, problems } = await readFacts(form, engine, folder);
  const [problem] = problems;
  if (problem) throw new RequestError(problem.message);
  const inputNames = namesOfInputs(prompt?.placeholders ?? []);
  // A remembered form has no columns: those of the prompt are taken.
  const asked = dataset && !hasColumns(form) ? takeKept(form, dataset) : form;
  const whole = dataset ? suggestColumns(asked, dataset, inputNames) : form;
  const request = runRequest(whole, prompt, readSettings(folder.uri).run ?? {});
  if (request) return request;
  throw new RequestError('The form of this run is not complete. Mend it in the Run view first.');
}
