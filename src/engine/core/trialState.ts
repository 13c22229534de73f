import type { Foresight, OperatorChoice, ScoredEdit, TrialCost } from './foresight.ts';
import type { Trial } from './trial.ts';

/** What is known of a trial from its beginning on. */
export interface TrialOrigin {
  readonly shown?: readonly string[];
  readonly context?: string;
  readonly choice?: OperatorChoice;
  readonly foresight?: Foresight;
  readonly cost: TrialCost;
  readonly scored?: readonly ScoredEdit[];
}

/** A trial as the state keeps it: running, decided, or skipped. */
export type TrialState = TrialOrigin &
  (
    | {
        readonly status: 'running';
        readonly number: number;
        readonly parentId: string;
        readonly operator: string;
        readonly candidateId?: string;
        /** Whether the candidate is made of the edits that survived their screen. */
        readonly composed?: boolean;
      }
    | {
        readonly status: 'skipped';
        readonly number: number;
        readonly parentId: string;
        readonly operator: string;
        readonly why: string;
      }
    | ({ readonly status: 'decided' } & Trial)
  );
