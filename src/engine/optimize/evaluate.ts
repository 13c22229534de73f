import type { Candidate } from '../core/candidate.ts';
import { CancelledError } from '../core/errors.ts';
import type { Example, Split } from '../core/example.ts';
import type { Executor } from '../core/executor.ts';
import type { MetricLookup } from '../core/metric.ts';
import { timesAsked } from '../core/repeats.ts';
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
export function evaluate(
  plan: EvaluationPlan,
  header: RunHeader,
  known: ReadonlyMap<string, Rollout>,
  sockets: EvaluateSockets,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  return evaluateTogether([{ plan, known }], header, sockets, signal);
}

/** An evaluation to be run, with the rollouts that there are already, by example id. */
export interface WantedEvaluation {
  readonly plan: EvaluationPlan;
  readonly known: ReadonlyMap<string, Rollout>;
}

/**
 * Runs the rows of several evaluations at the same time, and tells of one evaluation after the
 * other: what arrives of a later one waits until the earlier ones have ended. Stopped, all of them
 * still end.
 */
export async function* evaluateTogether(
  wanted: readonly WantedEvaluation[],
  header: RunHeader,
  sockets: EvaluateSockets,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const parts = wanted.map(({ plan, known }) => ({
    plan,
    known,
    jobs: plan.examples
      .filter(example => !isKnown(known.get(example.id), plan, header))
      .map(example => jobFor(example, plan, header)),
  }));
  const jobs = parts.flatMap(part => part.jobs);
  const arriving = arrivals(jobs, sockets.executor, signal);
  const arrived = new Map<string, Rollout>();
  let stopped: Stopped | undefined;
  try {
    for (const part of parts) {
      const { candidate, split, purpose } = part.plan;
      const rows = part.jobs.length;
      yield { type: 'evaluation-start', candidateId: candidate.id, split, purpose, rows };
      const rollouts = new Map(part.known);
      const open = new Set(part.jobs.map(job => job.id));
      const told = (rollout: Rollout): RunEvent => {
        rollouts.set(rollout.exampleId, rollout);
        open.delete(rollout.jobId);
        return { type: 'rollout-end', rollout };
      };
      for (const { id } of part.jobs) {
        const early = arrived.get(id);
        if (early) yield told(early);
      }
      while (open.size > 0 && !stopped) {
        const next = await taken(arriving, open.size);
        if ('error' in next) stopped = next;
        else if (open.has(next.rollout.jobId)) yield told(next.rollout);
        else arrived.set(next.rollout.jobId, next.rollout);
      }
      const inOrder = part.plan.examples.map(
        example => rollouts.get(example.id) ?? notRun(jobFor(example, part.plan, header)),
      );
      yield { type: 'evaluation-end', evaluation: summarize(part.plan, inOrder, header, sockets) };
    }
    if (!stopped && signal?.aborted) stopped = { error: new CancelledError() };
  } finally {
    await arriving.return(undefined);
  }
  if (stopped) throw stopped.error;
}

interface Stopped {
  readonly error: unknown;
}

async function* arrivals(
  jobs: readonly RolloutJob[],
  executor: Executor,
  signal: AbortSignal | undefined,
): AsyncGenerator<Rollout> {
  if (signal?.aborted) throw new CancelledError();
  yield* executor.run(jobs, signal);
  if (signal?.aborted) throw new CancelledError();
}

/** The next rollout, or why there is none although `missing` are waited for. */
async function taken(
  arriving: AsyncGenerator<Rollout>,
  missing: number,
): Promise<{ readonly rollout: Rollout } | Stopped> {
  try {
    const next = await arriving.next();
    if (!next.done) return { rollout: next.value };
    return { error: new Error(`The executor ended with ${missing} rows not run.`) };
  } catch (error) {
    return { error };
  }
}

/** Asked once in the search, a row is asked again where the last look asks several times. */
function isKnown(
  rollout: Rollout | undefined,
  { purpose }: EvaluationPlan,
  header: RunHeader,
): boolean {
  return rollout !== undefined && timesAsked(rollout) >= repeatsIn(header, purpose);
}

function repeatsIn({ repeats }: RunHeader, purpose: Purpose): number {
  return (purpose === 'claim' ? repeats?.final : repeats?.search) ?? 1;
}

function jobFor(
  example: Example,
  { candidate, split, purpose }: EvaluationPlan,
  header: RunHeader,
): RolloutJob {
  const { taskModel, metrics, settings } = header;
  const { temperature, maxTokens } = settings;
  const repeats = repeatsIn(header, purpose);
  return {
    id: `${candidate.id}/${example.id}`,
    candidate,
    example,
    split,
    taskModel,
    metrics,
    ...(temperature === undefined ? {} : { temperature }),
    maxTokens,
    ...(repeats > 1 ? { repeats } : {}),
  };
}

/** The evaluation that these rollouts, in the plan's order, make. */
export function summarize(
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
