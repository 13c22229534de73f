import type { Pattern, ScoringRequest } from '../core/outside.ts';

/** What the thread of patterns and schemas is asked. Without `json` a schema is only read. */
export type CheckTask =
  | { readonly kind: 'matches'; readonly pattern: Pattern; readonly text: string }
  | { readonly kind: 'without'; readonly patterns: readonly Pattern[]; readonly text: string }
  | { readonly kind: 'schema'; readonly schema: string; readonly json?: string };

/** What the thread of a workspace file is asked. Without a request it only loads the file. */
export interface ModuleTask {
  readonly request?: ScoringRequest;
}

/** What a thread answers: one reply to each task, in order. */
export type Reply = { readonly value: unknown } | { readonly problem: string };
