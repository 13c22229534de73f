import { CancelledError, ProviderError } from './core/errors.ts';
import type { Example } from './core/example.ts';
import type { ModelAnswer } from './core/languageModel.ts';
import { renderPrompt } from './core/prompt.ts';
import type { RunHeader } from './core/run.ts';
import { addUsage, noSpending, type Spending } from './core/usage.ts';
import { probeRows } from './estimateTokens.ts';
import { modelsOutsideRuns } from './modelsOutsideRuns.ts';
import type { EngineParts } from './parts.ts';
import { prepareEvaluation, prepareOptimization } from './prepare.ts';
import type { OptimizeRequest } from './verbs.ts';

/** What a few rows have shown of a task model's answers. */
export interface Probe {
  /** Rows that were answered. */
  readonly rows: number;
  /** Tokens of one request and of its answer, on average. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** How long one answer took, on average. */
  readonly milliseconds: number;
  readonly spending: Spending;
}

/**
 * Asks the task model about a few rows that the run looks at anyway, never about test rows of a
 * search. The answers are in the cache of the workspace, where the run finds them. Throws what would
 * stop every further row; undefined where no row was answered.
 */
export async function probeRun(
  request: OptimizeRequest,
  kind: RunHeader['kind'],
  parts: EngineParts,
  signal?: AbortSignal,
): Promise<Probe | undefined> {
  const search =
    kind === 'optimize' ? await prepareOptimization(request, parts, signal) : undefined;
  const { settings, taskModel, dataset } =
    search ?? (await prepareEvaluation(request, parts, signal));
  const rows = (search ? search.splits.validation : dataset.examples).slice(0, probeRows);
  const models = modelsOutsideRuns(parts, settings, taskModel);
  const model = models.modelNamed(taskModel);
  const { temperature, maxTokens } = settings;
  const answers: ModelAnswer[] = [];
  const ask = async ({ inputs }: Example): Promise<void> => {
    try {
      const messages = renderPrompt(request.prompt, inputs);
      const limits = { ...(temperature === undefined ? {} : { temperature }), maxTokens };
      answers.push(await model.generate({ role: 'task', messages, ...limits }, signal));
    } catch (error) {
      if (signal?.aborted) throw new CancelledError();
      if (!(error instanceof ProviderError) || error.scope === 'run') throw error;
    }
  };
  await Promise.all(rows.map(ask));
  await models.settled();
  if (answers.length === 0) return undefined;
  const mean = (of: (answer: ModelAnswer) => number): number =>
    answers.reduce((sum, each) => sum + of(each), 0) / answers.length;
  return {
    rows: answers.length,
    inputTokens: mean(({ usage }) => usage.inputTokens),
    outputTokens: mean(({ usage }) => usage.outputTokens),
    milliseconds: mean(answer => answer.milliseconds ?? 0),
    spending: answers.map(({ usage }) => usage).reduce(addUsage, noSpending),
  };
}
