import type { OperatorChoice } from '../core/foresight.ts';
import type { Prompt } from '../core/prompt.ts';
import type { Purpose, Trial } from '../core/trial.ts';
import type { Acceptance } from './acceptance.ts';
import type { Aim } from './shipping.ts';
import type { SearchView } from './search.ts';

/**
 * What a strategy can ask for. There is no action that names a test row: those are run once, after
 * the search, by `claim.ts`.
 */
export type Action =
  | {
      /** Rows that the candidate was already run on cost nothing and may be named again. */
      readonly type: 'evaluate';
      readonly candidateId: string;
      readonly split: 'train' | 'validation';
      readonly purpose: Extract<Purpose, 'original' | 'minibatch' | 'validation'>;
      readonly exampleIds: readonly string[];
    }
  | {
      /** A new trial: the optimizer model is asked for a child of `parentId`. */
      readonly type: 'propose';
      readonly number: number;
      readonly parentId: string;
      readonly operator: string;
      /** Train rows to be shown. */
      readonly shown: readonly string[];
      /** Whether rows that another candidate did better on are shown with its answer, too. */
      readonly contrast?: boolean;
      /** The line that the operator is to look at, where it looks at one. */
      readonly focus?: string;
      readonly choice?: OperatorChoice;
    }
  | {
      /** Some of a running trial's edits as a candidate of their own. */
      readonly type: 'variant';
      readonly number: number;
      readonly prompt: Prompt;
      /** Whether it stands for the trial from now on. */
      readonly composed: boolean;
    }
  | {
      /** A new trial whose child needs no optimizer model. */
      readonly type: 'try';
      readonly number: number;
      readonly parentId: string;
      readonly operator: string;
      readonly prompt: Prompt;
      /** Ids of the train rows that stand in the prompt as examples, in their order. */
      readonly examples?: readonly string[];
      readonly rationale: string;
      readonly choice?: OperatorChoice;
    }
  | { readonly type: 'decide'; readonly trial: Trial }
  | { readonly type: 'skip'; readonly number: number; readonly why: string };

/**
 * A search: from what has happened so far to what to do next. Pure, so that a run can be replayed
 * and resumed; what it draws comes from `view.random`, named by purpose. Actions of one answer are
 * done in order. An empty answer means that there is nothing left to try.
 */
export interface Strategy {
  readonly id: string;
  /** One line for people who choose. */
  readonly summary: string;
  /** Absent: `better`. Decides what the winner has to show before it is returned. */
  readonly aim?: Aim;
  decide(view: SearchView, acceptance: Acceptance): readonly Action[];
}
