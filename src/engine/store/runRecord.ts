import type { RunSummary } from '../core/history.ts';
import type { EndReason } from '../core/run.ts';
import {
  choiceField,
  formatJson,
  objectField,
  parseRecord,
  schema,
  textField,
  type JsonObject,
} from './json.ts';

const kinds: readonly RunSummary['kind'][] = ['optimize', 'evaluate'];

/** What `run.json` says: what was asked for, when, for which prompt. */
export interface RunFacts {
  readonly promptName: string;
  readonly kind: RunSummary['kind'];
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The request as it was given, plain JSON. */
  readonly request: JsonObject;
}

/** Text of `run.json`. */
export function formatRunRecord(facts: Omit<RunFacts, 'kind' | 'request'>, request: unknown) {
  return formatJson({
    schema,
    prompt_name: facts.promptName,
    started_at: facts.startedAt,
    request,
  });
}

/** Reads `run.json`; the kind of run is a field of its request. */
export function parseRunRecord(path: string, text: string): RunFacts {
  const record = parseRecord(path, text);
  const request = objectField(path, record, 'request');
  return {
    promptName: textField(path, record, 'prompt_name'),
    kind: choiceField(path, request, 'kind', kinds),
    startedAt: textField(path, record, 'started_at'),
    request,
  };
}

const reasons: readonly EndReason[] = [
  'done',
  'target',
  'patience',
  'max-iterations',
  'no-failures',
  'budget',
  'cancelled',
  'failed',
];

/** Text of `end-0001.json`. */
export function formatRunEnd(reason: EndReason): string {
  return formatJson({ schema, reason });
}

/** Reads `end-0001.json`. */
export function parseRunEnd(path: string, text: string): EndReason {
  return choiceField(path, parseRecord(path, text), 'reason', reasons);
}
