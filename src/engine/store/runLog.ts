import { RequestError, StoreError } from '../core/errors.ts';
import type { Files } from '../core/files.ts';
import type { RunSummary } from '../core/history.ts';
import type { EndReason, RunEvent } from '../core/run.ts';
import { digest } from './digest.ts';
import { eventLine, parseEvents } from './eventLines.ts';
import { broken } from './json.ts';
import {
  promptsFolder,
  runFolder,
  runRecordPath,
  runsFolder,
  segmentEndName,
  segmentName,
  segmentNumberOf,
} from './layout.ts';
import {
  formatRunEnd,
  formatRunRecord,
  parseRunEnd,
  parseRunRecord,
  type RunFacts,
} from './runRecord.ts';

/** The open segment of a run that is under way. */
export interface EventLog {
  /**
   * Resolves when the event, and every one before it, is on the disk. A `rollout-end` does not wait
   * for that, so that thousands share a sync: its answer is safe in the record of calls already.
   */
  append(event: RunEvent): Promise<void>;
  close(): Promise<void>;
}

/** The runs of a workspace: what each was asked for, and everything that happened in it. */
export interface RunLogs {
  /** Makes the run's folder and answers its id, `2026-08-22-7f3a`. `request` holds a `kind`. */
  create(promptName: string, request: { readonly kind: RunSummary['kind'] }): Promise<string>;
  /** What the run was asked for, as it was given to `create`. */
  request(runId: string): Promise<unknown>;
  /** Begins the next segment: one for each session that works on the run. */
  openEvents(promptName: string, runId: string): Promise<EventLog>;
  /** Adds an event to the newest segment of a run that is not under way. */
  append(runId: string, event: RunEvent): Promise<void>;
  /** The newest segment: a session that goes on replays the run from its first event. */
  events(runId: string): AsyncIterable<RunEvent>;
  /** What has come to a run's log, by its folder, since a place in it. */
  eventsSince(folder: string, place: LogPlace): Promise<EventsSince>;
  /** Newest first. */
  list(): Promise<RunSummary[]>;
}

/** Where a reader of a run's log is; segment 0 is before its beginning. */
export interface LogPlace {
  readonly segment: number;
  readonly bytes: number;
}

/** Events, and the place behind them. */
export interface EventsSince {
  readonly events: readonly RunEvent[];
  readonly place: LogPlace;
}

/** The clock and the source of ids, handed in so that a test can say what they answer. */
export interface RunLogSockets {
  now(): Date;
  newId(): string;
}

interface FoundRun {
  readonly runId: string;
  readonly folder: string;
}

/** Run logs as plain files below `.prompts/<prompt>/runs`. */
export function runLogs(files: Files, { now, newId }: RunLogSockets): RunLogs {
  async function create(promptName: string, request: unknown): Promise<string> {
    const startedAt = now().toISOString();
    const text = formatRunRecord({ promptName, startedAt }, request);
    for (;;) {
      const runId = `${startedAt.slice(0, 10)}-${digest(newId()).slice(0, 4)}`;
      const taken = (await allRuns(files)).some(run => run.runId === runId);
      if (taken) continue;
      if (await files.write(runRecordPath(promptName, runId), text, { ifAbsent: true })) {
        return runId;
      }
    }
  }

  async function request(runId: string): Promise<unknown> {
    const run = await findRun(files, runId);
    const facts = await factsOf(files, run);
    if (!facts) throw broken(`${run.folder}/run.json`, 'the file is missing');
    return facts.request;
  }

  async function openEvents(promptName: string, runId: string): Promise<EventLog> {
    const folder = runFolder(promptName, runId);
    const next = (await newestSegment(files, folder)) + 1;
    return openSegment(folder, next);
  }

  async function openSegment(folder: string, segment: number): Promise<EventLog> {
    const log = await files.openLog(`${folder}/${segmentName(segment)}`);
    return {
      async append(event) {
        const line = eventLine(event, now().toISOString());
        if (event.type === 'rollout-end') log.write(line);
        else await log.append(line);
        if (event.type === 'run-end') {
          const path = `${folder}/${segmentEndName(segment)}`;
          await files.write(path, formatRunEnd(event.reason), { ifAbsent: true });
        }
      },
      close: () => log.close(),
    };
  }

  async function append(runId: string, event: RunEvent): Promise<void> {
    const { folder } = await findRun(files, runId);
    const newest = Math.max(1, await newestSegment(files, folder));
    const log = await openSegment(folder, newest);
    try {
      await log.append(event);
    } finally {
      await log.close();
    }
  }

  async function* events(runId: string): AsyncGenerator<RunEvent> {
    const { folder } = await findRun(files, runId);
    const segment = await newestSegment(files, folder);
    if (segment === 0) return;
    const path = `${folder}/${segmentName(segment)}`;
    yield* parseEvents(path, (await files.read(path)) ?? '');
  }

  async function eventsSince(folder: string, { segment, bytes }: LogPlace): Promise<EventsSince> {
    const newest = await newestSegment(files, folder);
    // Whoever goes on with a run writes all of its events again, into a segment of its own.
    const from = newest === segment ? bytes : 0;
    const path = `${folder}/${segmentName(newest)}`;
    const text = newest === 0 ? '' : ((await files.read(path, from)) ?? '');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    return {
      events: [...parseEvents(path, whole)],
      place: { segment: newest, bytes: from + Buffer.byteLength(whole) },
    };
  }

  async function list(): Promise<RunSummary[]> {
    const runs = await allRuns(files);
    const found = await Promise.all(runs.map(run => summaryOf(files, run)));
    return found
      .filter(each => each !== undefined)
      .sort((left, right) => (left.startedAt < right.startedAt ? 1 : -1));
  }

  return {
    create,
    request,
    openEvents,
    append,
    events,
    eventsSince,
    list,
  };
}

/**
 * A run is `interrupted` where going on makes sense: its newest segment has no end (the process
 * died), or it ended by the person, the budget or a provider that may answer again.
 */
async function summaryOf(files: Files, run: FoundRun): Promise<RunSummary | undefined> {
  try {
    return await readSummary(files, run);
  } catch (error) {
    // One run that cannot be read must not hide all the others.
    if (!(error instanceof StoreError)) throw error;
    return { ...unreadableFacts(run), unreadable: error.message };
  }
}

/** What a run's place alone tells of it: `.prompts/triage/runs/2026-08-22-7f3a`. */
function unreadableFacts({ runId, folder }: FoundRun): RunSummary {
  const [, promptName = ''] = folder.split('/');
  const day = /^\d{4}-\d{2}-\d{2}/.exec(runId)?.[0];
  const startedAt = `${day ?? '1970-01-01'}T00:00:00.000Z`;
  return { runId, promptName, kind: 'optimize', startedAt, status: 'ended', folder };
}

async function readSummary(files: Files, run: FoundRun): Promise<RunSummary | undefined> {
  const facts = await factsOf(files, run);
  if (!facts) return undefined;
  const { promptName, kind, startedAt } = facts;
  const segment = await newestSegment(files, run.folder);
  const path = `${run.folder}/${segmentEndName(segment)}`;
  // A file of its own: reading a segment to its end would read every row of every run.
  const text = await files.read(path);
  const reason = text === undefined ? undefined : parseRunEnd(path, text);
  const goesOn = reason === undefined || resumable.has(reason);
  const status = goesOn ? 'interrupted' : 'ended';
  return { runId: run.runId, promptName, kind, startedAt, status, folder: run.folder };
}

const resumable: ReadonlySet<EndReason> = new Set(['cancelled', 'budget', 'failed']);

/** A folder whose `run.json` was never written holds nothing that was paid for. */
async function factsOf(files: Files, { folder }: FoundRun): Promise<RunFacts | undefined> {
  const path = `${folder}/run.json`;
  const text = await files.read(path);
  return text === undefined ? undefined : parseRunRecord(path, text);
}

async function newestSegment(files: Files, folder: string): Promise<number> {
  const names = await files.list(folder);
  return Math.max(0, ...names.map(name => segmentNumberOf(name) ?? 0));
}

async function findRun(files: Files, runId: string): Promise<FoundRun> {
  const runs = await allRuns(files);
  const run = runs.find(each => each.runId === runId);
  if (run) return run;
  const newest = runs.map(each => each.runId).sort();
  throw new RequestError(
    `There is no run "${runId}". ${newest.length === 0 ? 'No run has been recorded in this folder yet.' : `The newest are: ${newest.slice(-10).reverse().join(', ')}.`}`,
  );
}

async function allRuns(files: Files): Promise<FoundRun[]> {
  const prompts = (await files.list(promptsFolder)).filter(name => name.endsWith('/'));
  const found = await Promise.all(
    prompts.map(async prompt => {
      const folder = runsFolder(prompt.slice(0, -1));
      const names = (await files.list(folder)).filter(name => name.endsWith('/'));
      return names.map(name => ({
        runId: name.slice(0, -1),
        folder: `${folder}/${name.slice(0, -1)}`,
      }));
    }),
  );
  return found.flat();
}
