/**
 * The contract between the comparison's editor tab and the extension host. The host sends the
 * whole comparison; the view answers with what the person asked for, noun-verb.
 */

import type { DiffPart } from './messages.ts';

/** One side of the comparison, ready to show. */
export interface VersionHead {
  readonly number: number;
  /** "triage v3". */
  readonly title: string;
  /** "Optimized", "Refined", "Typed". */
  readonly origin: string;
  /** "2026-11-20 10:14 UTC". */
  readonly createdAt: string;
  readonly note?: string;
}

/** One metric on one set of rows; a dash where a side was not measured on them. */
export interface ComparisonRowView {
  readonly metric: string;
  /** "tickets.csv, test rows". */
  readonly rows: string;
  readonly taskModel: string;
  readonly simulated: boolean;
  /** "0.81 [0.72, 0.88] n=50" or a dash. */
  readonly left: string;
  readonly right: string;
  /** "+7.5 points [3.1, 12.0]" or a dash. */
  readonly difference: string;
  /** Which way the whole interval lies; `unclear` where it holds 0, `unknown` where not measured. */
  readonly direction: 'better' | 'worse' | 'unclear' | 'unknown';
}

/** The word diff of one component of the prompt. */
export interface ComponentDiff {
  /** "System prompt" or "Output prompt". */
  readonly title: string;
  readonly changed: boolean;
  readonly parts: readonly DiffPart[];
}

/** Two versions of a prompt beside each other. */
export interface ComparisonView {
  readonly promptName: string;
  readonly left: VersionHead;
  readonly right: VersionHead;
  readonly rows: readonly ComparisonRowView[];
  /** What to make of the table, in a sentence. */
  readonly note: string;
  readonly components: readonly ComponentDiff[];
}

/** Host → view. */
export interface ComparisonHostMessage {
  readonly type: 'comparison';
  readonly comparison: ComparisonView;
}

/** View → host. */
export type ComparisonMessage =
  | { readonly type: 'comparison-ready' }
  /** Left becomes right. */
  | { readonly type: 'versions-swap' }
  /** VS Code's own diff editor on both versions. */
  | { readonly type: 'diff-open' }
  | { readonly type: 'version-open'; readonly side: 'left' | 'right' };

/** Whether a message that a comparison tab posted is one of ours. Input from outside. */
export function isComparisonMessage(value: unknown): value is ComparisonMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  switch (value.type) {
    case 'comparison-ready':
    case 'versions-swap':
    case 'diff-open':
      return true;
    case 'version-open':
      return 'side' in value && (value.side === 'left' || value.side === 'right');
    default:
      return false;
  }
}
