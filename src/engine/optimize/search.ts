import type { Candidate } from '../core/candidate.ts';
import type { Example } from '../core/example.ts';
import type { Metric, MetricLookup } from '../core/metric.ts';
import { samePrompt, type Prompt } from '../core/prompt.ts';
import type { Rollout } from '../core/rollout.ts';
import type { RunHeader, RunSettings, RunState, TrialState } from '../core/run.ts';
import type { Score } from '../core/score.ts';
import type { Learned } from './foresight/metaModel.ts';
import type { Guard } from './guardMetrics.ts';
import type { RefusalOf } from './guards.ts';

/** The metric that decides, under the name that the run's scores are kept by. */
export interface PrimaryMetric {
  readonly name: string;
  readonly metric: Metric;
}

/** The metric that decides a run. */
export function primaryOf({ metrics }: RunHeader, metricNamed: MetricLookup): PrimaryMetric {
  const name = metrics[0] ?? '';
  return { name, metric: metricNamed(name) };
}

/**
 * All that decides a search: the fold of its events, the rows it may look at, and a source of
 * seeded draws. No test rows, no clock, no model.
 */
export interface SearchView {
  readonly state: RunState;
  readonly settings: RunSettings;
  readonly train: readonly Example[];
  readonly validation: readonly Example[];
  readonly primary: PrimaryMetric;
  /** Metrics that a child must not make worse. */
  readonly guards: readonly Guard[];
  /** Why a prompt may not become a candidate; knows the rows of all splits, and says none of them. */
  readonly refusalOf: RefusalOf;
  /** What the scored edits of earlier runs of the workspace have taught. */
  readonly earlier: Learned;
  /** A generator for one purpose: the same purpose draws the same numbers, whenever asked. */
  random(...purpose: readonly (string | number)[]): () => number;
}

/** Rollouts of a candidate so far, by example id; rows that the run did not reach are absent. */
export function rolloutsOf(
  state: RunState,
  candidateId: string,
  split: 'train' | 'validation' | 'test',
): ReadonlyMap<string, Rollout> {
  const known = new Map<string, Rollout>();
  for (const evaluation of state.evaluations) {
    if (evaluation.candidateId !== candidateId || evaluation.split !== split) continue;
    for (const rollout of evaluation.rollouts) {
      if (rollout.outcome !== 'not-run') known.set(rollout.exampleId, rollout);
    }
  }
  return known;
}

/** The primary score of a rollout; undefined unless its outcome is `ok`. */
export function scoreOf(rollout: Rollout | undefined, { name }: PrimaryMetric): Score | undefined {
  return rollout?.outcome === 'ok' ? rollout.scores[name] : undefined;
}

/** Whether a row was answered and judged less than perfect. */
export function isFailure(rollout: Rollout | undefined, primary: PrimaryMetric): boolean {
  const score = scoreOf(rollout, primary);
  return score !== undefined && score.value < 1;
}

/** The trial under way, if there is one. */
export function runningTrial(
  state: RunState,
): Extract<TrialState, { status: 'running' }> | undefined {
  return state.trials.find(trial => trial.status === 'running');
}

/** A candidate of the run by its id. */
export function candidateNamed(state: RunState, id: string): Candidate {
  const candidate = state.candidates[id];
  if (!candidate) throw new Error(`No candidate ${id} in this run.`);
  return candidate;
}

/** The candidate of the run with this very prompt. */
export function candidateOf(state: RunState, prompt: Prompt): Candidate | undefined {
  return Object.values(state.candidates).find(each => samePrompt(each.prompt, prompt));
}

/** The candidate that every other one has to beat. */
export function incumbentOf(state: RunState): Candidate {
  return candidateNamed(state, state.incumbentId);
}
