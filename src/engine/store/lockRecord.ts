import type { Owner, RunHolder } from '../core/owner.ts';
import {
  broken,
  formatJson,
  objectField,
  parseRecord,
  schema,
  textField,
  type JsonObject,
} from './json.ts';

/** What `owner-0001.json` says. */
export interface LockRecord extends RunHolder {
  /** Tells two sessions of one process apart. */
  readonly token: string;
  /** ISO 8601, UTC: when the owner last said that it is there. */
  readonly beatAt: string;
  readonly released: boolean;
}

/** Text of `owner-0001.json`. */
export function formatLock({ host, pid, machine, startedAt, ...lock }: LockRecord): string {
  return formatJson({
    schema,
    owner: { host, pid, machine, started_at: startedAt },
    since: lock.since,
    beat_at: lock.beatAt,
    token: lock.token,
    released: lock.released,
  });
}

/** Reads `owner-0001.json`. */
export function parseLock(path: string, text: string): LockRecord {
  const record = parseRecord(path, text);
  const released = record['released'];
  if (typeof released !== 'boolean') throw broken(path, '"released" is not a yes/no');
  const beatAt = textField(path, record, 'beat_at');
  if (Number.isNaN(Date.parse(beatAt))) throw broken(path, '"beat_at" is not a time');
  return {
    ...parseOwner(path, record),
    since: textField(path, record, 'since'),
    token: textField(path, record, 'token'),
    beatAt,
    released,
  };
}

function parseOwner(path: string, record: JsonObject): Owner {
  const owner = objectField(path, record, 'owner');
  const pid = owner['pid'];
  if (typeof pid !== 'number') throw broken(path, '"owner.pid" is not a number');
  return {
    host: textField(path, owner, 'host'),
    pid,
    machine: textField(path, owner, 'machine'),
    startedAt: textField(path, owner, 'started_at'),
  };
}
