import type { ProviderProblem } from './errors.ts';
import type { Outcome } from './score.ts';
import type { Role } from './usage.ts';

/** Time in which a request is held back, such as by a rate limit. */
export interface Wait {
  readonly role: Role;
  /** Milliseconds until the next try. */
  readonly ms: number;
  /** A sentence for people. */
  readonly why: string;
  /** Absent in old logs. */
  readonly problem?: ProviderProblem;
}

/** Why an answer has no score. */
export type FailureKind = ProviderProblem | Exclude<Outcome, 'ok' | 'not-run'>;

/** How often something has happened, and for how long where that is known. */
export interface Tally {
  readonly count: number;
  /** Milliseconds, all together; 0 for what takes no time. */
  readonly ms: number;
  /** The newest of them in a sentence. */
  readonly why: string;
}
