import type { Candidate } from '../core/candidate.ts';
import { CancelledError } from '../core/errors.ts';
import type { Example, Split } from '../core/example.ts';
import type { Executor } from '../core/executor.ts';
import type { MetricLookup } from '../core/metric.ts';
import type { Rollout, RolloutJob } from '../core/rollout.ts';
import type { RunEvent, RunHeader } from '../core/run.ts';
import { noOutcomes, type OutcomeCounts } from '../core/score.ts';
import { aggregateOf } from '../core/statistics.ts';
import type { Evaluation, Purpose, Scorecard } from '../core/trial.ts';
import { searchAggregate } from './searchAggregate.ts';

/** A candidate to be run on rows. */
export interface EvaluationPlan {
  readonly candidate: Candidate;
  readonly examples: readonly Example[];
  readonly split: Split | 'all';
  readonly purpose: Purpose;
}

/** What an evaluation needs from outside. */
export interface EvaluateSockets {
  readonly executor: Executor;
  readonly metricNamed: MetricLookup;
}

/**
 * Runs a candidate on rows: `evaluation-start`, a `rollout-end` for each row asked for, and
 * `evaluation-end` with all rows of the plan in the plan's order, those in `known` included:
 * nothing is paid twice. Where the run is stopped in between, the evaluation still ends, with the
 * missing rows as `not-run`, and then the error (for a cancel, a `CancelledError`) is thrown.
 */
export async function* evaluate(
  plan: EvaluationPlan,
  header: RunHeader,
  known: ReadonlyMap<string, Rollout>,
  sockets: EvaluateSockets,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { candidate, examples, split, purpose } = plan;
  const jobs = examples
    .filter(example => !known.has(example.id))
    .map(example => jobFor(example, plan, header));
  yield {
    type: 'evaluation-start',
    candidateId: candidate.id,
    split,
    purpose,
    rows: jobs.length,
  };
  const rollouts = new Map(known);
  let stopped: { readonly error: unknown } | undefined;
  try {
    if (signal?.aborted) throw new CancelledError();
    for await (const rollout of sockets.executor.run(jobs, signal)) {
      rollouts.set(rollout.exampleId, rollout);
      yield { type: 'rollout-end', rollout };
    }
    if (signal?.aborted) throw new CancelledError();
    const missing = jobs.filter(job => !rollouts.has(job.example.id)).length;
    if (missing > 0) throw new Error(`The executor ended with ${missing} rows not run.`);
  } catch (error) {
    stopped = { error };
  }
  const inOrder = examples.map(
    example => rollouts.get(example.id) ?? notRun(jobFor(example, plan, header)),
  );
  yield { type: 'evaluation-end', evaluation: summarize(plan, inOrder, header, sockets) };
  if (stopped) throw stopped.error;
}

function jobFor(
  example: Example,
  { candidate, split }: EvaluationPlan,
  { taskModel, metrics, settings: { temperature, maxTokens } }: RunHeader,
): RolloutJob {
  return {
    id: `${candidate.id}/${example.id}`,
    candidate,
    example,
    split,
    taskModel,
    metrics,
    ...(temperature === undefined ? {} : { temperature }),
    maxTokens,
  };
}

function summarize(
  { candidate, split, purpose }: EvaluationPlan,
  rollouts: readonly Rollout[],
  { metrics, settings }: RunHeader,
  { metricNamed }: EvaluateSockets,
): Evaluation {
  const answered = rollouts.filter(rollout => rollout.outcome === 'ok');
  const scorecard: Record<string, Scorecard[string]> = {};
  // In between, the search looks at the primary metric only; the other scores stay in the rollouts.
  const inSearch = purpose === 'minibatch' || purpose === 'validation';
  const aggregate = inSearch ? searchAggregate : aggregateOf;
  for (const name of inSearch ? metrics.slice(0, 1) : metrics) {
    const scores = answered.flatMap(rollout => rollout.scores[name] ?? []);
    if (scores.length === 0) continue;
    scorecard[name] = aggregate(scores, metricNamed(name), settings.seed);
  }
  return {
    candidateId: candidate.id,
    split,
    purpose,
    scorecard,
    outcomes: countOutcomes(rollouts),
    rollouts,
  };
}

function countOutcomes(rollouts: readonly Rollout[]): OutcomeCounts {
  const counts: Record<Rollout['outcome'], number> = { ...noOutcomes };
  for (const { outcome } of rollouts) counts[outcome] += 1;
  return counts;
}

function notRun(job: RolloutJob): Rollout {
  return {
    jobId: job.id,
    candidateId: job.candidate.id,
    exampleId: job.example.id,
    line: job.example.line,
    outcome: 'not-run',
    output: '',
    scores: {},
    usage: { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, estimated: false },
    failure: 'The run ended before this row.',
  };
}
