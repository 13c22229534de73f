import { emptyRun, reduce } from '../../src/engine/index.ts';
import type {
  Aggregate,
  Candidate,
  Claim,
  Evaluation,
  RunEvent,
  RunHeader,
  RunState,
  Split,
  Usage,
} from '../../src/engine/index.ts';

/** A score with a plausible interval. */
export function aScore(value: number, count = 40): Aggregate {
  const half = count === 0 ? 0 : 0.98 / Math.sqrt(count);
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half), count };
}

/** A candidate whose system prompt is `text`. */
export function aCandidate(id: string, text: string, more: Partial<Candidate> = {}): Candidate {
  return { id, prompt: { system: text, output: '' }, parents: [], operator: 'reflect', ...more };
}

/** What a run was started with. */
export function aHeader(more: Partial<RunHeader> = {}): RunHeader {
  return {
    runId: '2026-11-20-7f3a',
    kind: 'optimize',
    promptName: 'triage',
    version: 3,
    original: aCandidate('original', 'Sort the ticket into a queue.', { operator: 'original' }),
    settings: {
      targetThreshold: 0.9,
      patience: 6,
      maxIterations: 20,
      sampleK: 20,
      budget: {},
      seed: 1,
      concurrency: 8,
      maxTokens: 1024,
    },
    datasetName: 'tickets.csv',
    datasetFingerprint: '9c1e',
    rows: { train: 120, validation: 40, test: 80 },
    unusableRows: 0,
    metrics: ['accuracy'],
    taskModel: 'openai:small',
    optimizerModel: 'openai:large',
    ...more,
  };
}

/** What one answer used. */
export function aUsage(more: Partial<Usage> = {}): Usage {
  return { calls: 1, inputTokens: 200, outputTokens: 20, usd: 0.0004, estimated: false, ...more };
}

interface EvaluationFacts {
  readonly candidateId: string;
  readonly split?: Split | 'all';
  readonly purpose: 'original' | 'minibatch' | 'validation' | 'claim' | 'evaluate';
  readonly score: Aggregate;
  readonly rows?: number;
  readonly usage?: Usage;
  readonly failures?: readonly string[];
  /** Output and score of a row, by its number from 0. */
  readonly answer?: (row: number) => { readonly output: string; readonly value: number };
}

/** The events of one evaluation, from its start to its end. */
export function evaluationEvents(facts: EvaluationFacts): RunEvent[] {
  const { candidateId, purpose, score, usage = aUsage(), failures = [] } = facts;
  const split = facts.split ?? (purpose === 'claim' ? 'test' : 'validation');
  const rows = facts.rows ?? score.count;
  const rollouts = Array.from({ length: rows }, (_, row): Evaluation['rollouts'][number] => {
    const failure = failures[row];
    const { output, value } = facts.answer?.(row) ?? { output: 'refund', value: 1 };
    return {
      jobId: `${candidateId}-${split}-${row}`,
      candidateId,
      exampleId: `${split}-${row}`,
      line: row + 2,
      outcome: failure === undefined ? ('ok' as const) : ('failed' as const),
      output: failure === undefined ? output : '',
      scores: failure === undefined ? { accuracy: { value } } : {},
      usage,
      ...(failure === undefined ? {} : { failure }),
    };
  });
  return [
    { type: 'evaluation-start', candidateId, split, purpose, rows },
    ...rollouts.map((rollout): RunEvent => ({ type: 'rollout-end', rollout })),
    {
      type: 'evaluation-end',
      evaluation: {
        candidateId,
        split,
        purpose,
        scorecard: { accuracy: score },
        outcomes: {
          ok: rows - failures.length,
          refused: 0,
          cut: 0,
          failed: failures.length,
          unscored: 0,
          'not-run': 0,
        },
        rollouts,
      },
    },
  ];
}

interface TrialFacts {
  readonly number: number;
  readonly parentId: string;
  readonly candidate: Candidate;
  readonly before: Aggregate;
  readonly after: Aggregate;
  readonly accepted: boolean;
  readonly reason: string;
  readonly fixed?: number;
  readonly broken?: number;
  /** The score on all validation rows, where it came so far. */
  readonly validation?: Aggregate;
}

/** The events of one trial, from its start to its decision. */
export function trialEvents(facts: TrialFacts): RunEvent[] {
  const { number, parentId, candidate, before, after, accepted, reason, validation } = facts;
  return [
    { type: 'trial-start', number, parentId, operator: candidate.operator },
    {
      type: 'proposal-end',
      number,
      usage: aUsage({ inputTokens: 2_400, outputTokens: 600, usd: 0.012 }),
      candidate,
    },
    ...evaluationEvents({
      candidateId: candidate.id,
      split: 'train',
      purpose: 'minibatch',
      score: after,
    }),
    ...(validation
      ? evaluationEvents({ candidateId: candidate.id, purpose: 'validation', score: validation })
      : []),
    {
      type: 'trial-end',
      trial: {
        number,
        parentId,
        candidateId: candidate.id,
        operator: candidate.operator,
        before,
        after,
        fixed: facts.fixed ?? 0,
        broken: facts.broken ?? 0,
        accepted,
        reason,
      },
    },
  ];
}

/** The verdict from the test rows. */
export function aClaim(more: Partial<Claim> = {}): Claim {
  return {
    metric: 'accuracy',
    originalId: 'original',
    bestId: 'c2',
    original: { accuracy: aScore(0.64, 80) },
    best: { accuracy: aScore(0.78, 80) },
    difference: { value: 0.1375, low: 0.06, high: 0.22, count: 80 },
    fixed: 15,
    broken: 4,
    pValue: 0.01,
    verdict: 'better',
    sentence:
      'Better: +13.8 points [6.0, 22.0] on 80 rows never used in the search; 15 rows fixed, 4 broken.',
    ...more,
  };
}

/** The fold of events. */
export function foldRun(events: readonly RunEvent[]): RunState {
  return events.reduce(reduce, emptyRun);
}
