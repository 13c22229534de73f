import type { RunHolder } from './owner.ts';
import type { BrokenPromise } from './refinement.ts';
import type { Usage } from './usage.ts';

/** What a face may offer beside an error's sentence. */
export type Remedy =
  | 'set-key'
  | 'choose-model'
  | 'choose-columns'
  | 'open-dataset'
  | 'open-settings'
  | 'open-folder'
  | 'trust-workspace'
  | 'retry'
  | 'resume'
  | 'accept-changes'
  | 'use-demo';

/** An error is a sentence for a person, with the remedy in it, plus facts for the program. */
export class EngineError extends Error {
  readonly code: string;
  readonly remedy: Remedy | undefined;

  constructor(code: string, message: string, options: { remedy?: Remedy; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = options.remedy;
  }
}

/** A request that cannot be carried out as it was asked: wrong name, wrong number, wrong column. */
export class RequestError extends EngineError {
  constructor(message: string, remedy?: Remedy) {
    super('request', message, remedy ? { remedy } : {});
  }
}

/** Another process works on the run; names it. */
export class RunHeldError extends EngineError {
  readonly runId: string;
  readonly holder: RunHolder;

  constructor(runId: string, holder: RunHolder) {
    const since = holder.since.slice(0, 16).replace('T', ' ');
    super(
      'run-held',
      `Run ${runId} is under way in process ${holder.pid} on ${holder.host} since ${since} UTC. Wait for its end, or end that process, and try again.`,
    );
    this.runId = runId;
    this.holder = holder;
  }
}

/** What a run was begun with is not there as it was: the person chooses. */
export class RunChangedError extends EngineError {
  /** A sentence each; never empty. */
  readonly changes: readonly string[];

  constructor(runId: string, changes: readonly string[]) {
    super(
      'run-changed',
      `Run ${runId} would not go on as it began. ${changes.join(' ')} Bring back what was there, accept the changes, or start a new run.`,
      { remedy: 'accept-changes' },
    );
    this.changes = changes;
  }
}

/** A dataset that cannot be read or used; names file and line. */
export class DatasetError extends EngineError {
  readonly file: string;
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, problem: string, remedy?: Remedy) {
    super('dataset', `${file}${line === undefined ? '' : `, line ${line}`}: ${problem}`, {
      remedy: remedy ?? 'open-dataset',
    });
    this.file = file;
    this.line = line;
  }
}

/** An output that a metric could not judge: the row is `unscored`, the run goes on. */
export class ScoringError extends EngineError {
  /** What was used up before it turned out; absent where nothing was asked. */
  readonly usage: Usage | undefined;

  constructor(message: string, usage?: Usage) {
    super('scoring', message);
    this.usage = usage;
  }
}

/** Why a provider gave no answer. */
export type ProviderProblem =
  | 'key-missing'
  | 'key-wrong'
  | 'forbidden'
  | 'model-unknown'
  | 'quota'
  | 'unreachable'
  | 'not-a-provider'
  | 'redirect'
  | 'rate-limit'
  | 'overloaded'
  | 'timeout'
  | 'broken-answer'
  | 'context-length'
  | 'refused'
  | 'bad-request';

/**
 * A provider's failure. `scope` says what it ends: `row`, this request only; `run`, every further
 * request would fail in the same way, so the run stops and can be resumed.
 */
export class ProviderError extends EngineError {
  readonly problem: ProviderProblem;
  readonly scope: 'row' | 'run';
  /** Wait that the provider asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** Requests sent for this answer that may have been billed. */
  readonly possiblyPaid: number;
  /** Whether asking again makes sense, where that is known; else the problem decides. */
  readonly retryable: boolean | undefined;

  constructor(
    problem: ProviderProblem,
    message: string,
    facts: {
      scope: 'row' | 'run';
      remedy?: Remedy;
      retryAfterMs?: number;
      possiblyPaid?: number;
      retryable?: boolean;
      cause?: unknown;
    },
  ) {
    super(`provider/${problem}`, message, {
      ...(facts.remedy ? { remedy: facts.remedy } : {}),
      cause: facts.cause,
    });
    this.problem = problem;
    this.scope = facts.scope;
    this.retryAfterMs = facts.retryAfterMs;
    this.possiblyPaid = facts.possiblyPaid ?? 0;
    this.retryable = facts.retryable;
  }
}

/** The next call could pass the budget; nothing was sent. */
export class BudgetError extends EngineError {
  readonly limit: 'usd' | 'tokens' | 'calls' | 'minutes';

  constructor(limit: BudgetError['limit'], message: string) {
    super('budget', message, { remedy: 'resume' });
    this.limit = limit;
  }
}

/** `.prompts` could not be read or written; names the path. */
export class StoreError extends EngineError {
  readonly path: string;

  constructor(path: string, problem: string, options: { remedy?: Remedy; cause?: unknown } = {}) {
    super('store', `${path}: ${problem}`, options);
    this.path = path;
  }
}

/** A rewrite that broke a promise: a lost placeholder, an answer in place of a rewrite. */
export class GuardError extends EngineError {
  /** The guards that refused it, by name; empty where the model declined to answer. */
  readonly broken: readonly BrokenPromise[];
  /** The refused text, to be shown and never written; absent where the answer held none. */
  readonly text: string | undefined;

  constructor(message: string, broken: readonly BrokenPromise[] = [], text?: string) {
    super('guard', message, { remedy: 'retry' });
    this.broken = broken;
    this.text = text;
  }
}

/** The person stopped it. */
export class CancelledError extends EngineError {
  constructor() {
    super('cancelled', 'Cancelled.');
  }
}
