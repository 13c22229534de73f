import { CancelledError, ProviderError, ScoringError } from '../core/errors.ts';
import type { LanguageModel, ModelAnswer } from '../core/languageModel.ts';
import type { AnswerFacts, MetricLookup } from '../core/metric.ts';
import { renderPrompt } from '../core/prompt.ts';
import type { Rollout, RolloutJob } from '../core/rollout.ts';
import type { Score } from '../core/score.ts';
import { joinedUsage, type Usage } from '../core/usage.ts';
import { joinRepeats } from './joinRepeats.ts';

/**
 * One candidate on one row: fill the prompt, ask the task model, score the answer.
 *
 * A row that got no answer, or an answer that cannot be judged, says so in `outcome` and
 * `failure`; it has no score, never a score of 0. What would stop every further row too
 * (`ProviderError` of scope `run`, `BudgetError`, `CancelledError`) is thrown. A job that asks for
 * repeats is asked so often, one after the other.
 */
export async function runRollout(
  job: RolloutJob,
  model: LanguageModel,
  metricNamed: MetricLookup,
  signal?: AbortSignal,
): Promise<Rollout> {
  const { repeats = 1 } = job;
  if (repeats === 1) return runOnce(job, 0, model, metricNamed, signal);
  const asked: Rollout[] = [];
  for (let sample = 0; sample < repeats; sample++) {
    asked.push(await runOnce(job, sample, model, metricNamed, signal));
  }
  return joinRepeats(job, asked);
}

async function runOnce(
  job: RolloutJob,
  sample: number,
  model: LanguageModel,
  metricNamed: MetricLookup,
  signal: AbortSignal | undefined,
): Promise<Rollout> {
  let answer: ModelAnswer;
  try {
    answer = await ask(job, sample, model, signal);
  } catch (error) {
    return unanswered(job, rowFailure(error, signal));
  }
  if (answer.finish === 'refused') {
    return unscored(job, answer, 'refused', 'The model declined to answer.');
  }
  if (answer.finish === 'cut') {
    return unscored(job, answer, 'cut', cutSentence(job));
  }
  return scoreAnswer(job, answer, metricNamed, signal);
}

/** What metrics are told of an answer. */
type ScoredAnswer = Pick<ModelAnswer, 'text'> & AnswerFacts;

/** Scores an answer that is there. Throws as `runRollout` does. */
export async function scoreAnswer(
  job: RolloutJob,
  answer: ScoredAnswer,
  metricNamed: MetricLookup,
  signal?: AbortSignal,
): Promise<Rollout> {
  const scores: Record<string, Score> = {};
  for (const name of job.metrics) {
    try {
      scores[name] = await metricNamed(name).score(answer.text, job.example, signal, answer);
    } catch (error) {
      const failure = error instanceof ScoringError ? error : rowFailure(error, signal);
      const rollout = unscored(job, answer, 'unscored', failure.message);
      return { ...rollout, ...usedByJudges({ ...scores, [name]: { usage: usageOf(failure) } }) };
    }
  }
  return { ...answered(job, answer), outcome: 'ok', scores };
}

/** What judges have used for a row that has no score in the end, by metric and all together. */
function usedByJudges(
  scores: Readonly<Record<string, { readonly usage?: Usage | undefined }>>,
): Pick<Rollout, 'judgeUsage' | 'judgeUsages'> {
  const used = Object.entries(scores).flatMap(([metric, { usage }]) =>
    usage ? [[metric, usage] as const] : [],
  );
  if (used.length === 0) return {};
  const judgeUsages = Object.fromEntries(used);
  return { judgeUsage: Object.values(judgeUsages).reduce(joinedUsage), judgeUsages };
}

function usageOf(failure: ScoringError | ProviderError): Usage | undefined {
  if (failure instanceof ScoringError) return failure.usage;
  return failure.possiblyPaid ? usageWithoutAnswer(failure) : undefined;
}

function ask(
  job: RolloutJob,
  sample: number,
  model: LanguageModel,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer> {
  return model.generate(
    {
      role: 'task',
      messages: renderPrompt(job.candidate.prompt, job.example.inputs),
      ...(job.temperature === undefined ? {} : { temperature: job.temperature }),
      ...(job.maxTokens === undefined ? {} : { maxTokens: job.maxTokens }),
      ...(sample === 0 ? {} : { sample }),
    },
    signal,
  );
}

/** The error as one that ends this row only; throws it where it ends the run. */
function rowFailure(error: unknown, signal: AbortSignal | undefined): ProviderError {
  if (signal?.aborted) throw new CancelledError();
  if (error instanceof ProviderError && error.scope === 'row') return error;
  throw error;
}

function unanswered(job: RolloutJob, error: ProviderError): Rollout {
  return {
    ...blank(job),
    outcome: error.problem === 'refused' ? 'refused' : 'failed',
    output: '',
    scores: {},
    usage: usageWithoutAnswer(error),
    problem: error.problem,
    failure: error.message,
  };
}

/** Usage of a request that brought no answer: nothing that is known, and what may have been billed. */
export function usageWithoutAnswer({ possiblyPaid }: ProviderError): Usage {
  return { calls: 0, inputTokens: 0, outputTokens: 0, estimated: true, possiblyPaid };
}

function unscored(
  job: RolloutJob,
  answer: ScoredAnswer,
  outcome: 'refused' | 'cut' | 'unscored',
  failure: string,
): Rollout {
  return { ...answered(job, answer), outcome, scores: {}, failure };
}

function answered(job: RolloutJob, { text, usage, milliseconds }: ScoredAnswer) {
  const time = milliseconds === undefined ? {} : { milliseconds };
  return { ...blank(job), output: text, usage, ...time };
}

function cutSentence({ maxTokens }: RolloutJob): string {
  const limit = maxTokens === undefined ? 'its length limit' : `its limit of ${maxTokens} tokens`;
  return `The answer was cut off at ${limit}; allow longer answers (max tokens) to score this row.`;
}

function blank(job: RolloutJob): Pick<Rollout, 'jobId' | 'candidateId' | 'exampleId' | 'line'> {
  return {
    jobId: job.id,
    candidateId: job.candidate.id,
    exampleId: job.example.id,
    line: job.example.line,
  };
}
