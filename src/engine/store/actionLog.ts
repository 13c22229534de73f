import type { Files } from '../core/files.ts';
import type { ScoredEdit, TrialCost } from '../core/foresight.ts';
import { isObject, schema, type JsonObject } from './json.ts';
import { wholeLines } from './eventLines.ts';
import { actionLogName, promptsFolder, runsFolder } from './layout.ts';

/** One trial as an action log keeps it; every field is described in docs/action-log.md. */
export interface ActionRecord {
  readonly run: string;
  readonly trial: number;
  /** The fold of a cross-validation whose search it belongs to; absent for the search on all rows. */
  readonly fold?: number;
  readonly strategy: string;
  readonly context: string;
  /** The operator that was used. */
  readonly arm: string;
  /** What the bandit drew for each operator; absent where it did not choose. */
  readonly draws?: Readonly<Record<string, number>>;
  readonly outcome: 'kept' | 'refused' | 'skipped';
  /** Score of the child less that of its parent on the same rows, −1..1; absent where it was skipped. */
  readonly gain?: number;
  /** 0..1. */
  readonly reward: number;
  readonly cost: TrialCost;
  /** The names of the features, in order; of the first line of a log only. */
  readonly features?: readonly string[];
  readonly edits: readonly ScoredEdit[];
}

/** A record as a line of `actions.jsonl`. */
export function actionLine(record: ActionRecord): string {
  return JSON.stringify({ schema, ...record });
}

/** The scored edits of one run, a list for each of its trials. */
export interface RunEdits {
  readonly run: string;
  readonly trials: readonly (readonly ScoredEdit[])[];
}

/** What the action logs of a workspace hold, and what of them cannot be used. */
export interface ReadActionLogs {
  /** Oldest first. */
  readonly runs: readonly RunEdits[];
  readonly notes: readonly string[];
}

/**
 * The scored edits of the newest runs of a workspace whose edits have these features. A line that
 * is damaged, of another schema or of other features is left out and noted, never an error: what a
 * run may learn from must not keep it from running.
 */
export async function readActionLogs(
  files: Files,
  { features, newest, except }: { features: readonly string[]; newest: number; except: string },
): Promise<ReadActionLogs> {
  const found = (await runFolders(files)).filter(({ run }) => run !== except);
  const runs: RunEdits[] = [];
  const notes: string[] = [];
  for (const { run, folder } of found.sort((a, b) => (a.run < b.run ? 1 : -1))) {
    if (runs.length >= newest) break;
    const path = `${folder}/${actionLogName}`;
    const text = await readOrNote(files, path, notes);
    if (text === undefined) continue;
    const { trials, unusable } = editsIn(text, features);
    if (unusable > 0) {
      notes.push(
        `${path}: ${unusable} ${unusable === 1 ? 'line' : 'lines'} could not be used and ${unusable === 1 ? 'was' : 'were'} left out.`,
      );
    }
    if (trials.length > 0) runs.push({ run, trials });
  }
  return { runs: runs.reverse(), notes };
}

async function readOrNote(
  files: Files,
  path: string,
  notes: string[],
): Promise<string | undefined> {
  try {
    return await files.read(path);
  } catch (error) {
    notes.push(`${path} was left out: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function runFolders(files: Files): Promise<{ run: string; folder: string }[]> {
  const prompts = (await files.list(promptsFolder)).filter(name => name.endsWith('/'));
  const found = await Promise.all(
    prompts.map(async prompt => {
      const folder = runsFolder(prompt.slice(0, -1));
      const runs = (await files.list(folder)).filter(name => name.endsWith('/'));
      return runs.map(name => ({
        run: name.slice(0, -1),
        folder: `${folder}/${name.slice(0, -1)}`,
      }));
    }),
  );
  return found.flat();
}

function editsIn(text: string, features: readonly string[]) {
  const trials: (readonly ScoredEdit[])[] = [];
  let unusable = 0;
  let isKnown = false;
  for (const line of wholeLines(text)) {
    const record = objectIn(line);
    const names = record?.['features'];
    if (Array.isArray(names)) isKnown = names.join() === features.join();
    const edits = record?.['schema'] === schema && isKnown ? record['edits'] : undefined;
    if (Array.isArray(edits) && edits.every(edit => isScoredEdit(edit, features.length))) {
      if (edits.length > 0) trials.push(edits);
    } else {
      unusable += 1;
    }
  }
  return { trials, unusable };
}

function objectIn(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an edit with so many finite features, a worth −1..1 and at least one row. */
export function isScoredEdit(value: unknown, features: number): value is ScoredEdit {
  if (!isObject(value)) return false;
  const { features: numbers, worth, rows } = value;
  return (
    Array.isArray(numbers) &&
    numbers.length === features &&
    numbers.every(each => Number.isFinite(each) && Math.abs(each as number) <= 100) &&
    typeof worth === 'number' &&
    Math.abs(worth) <= 1 &&
    typeof rows === 'number' &&
    rows >= 1 &&
    rows <= 1e9
  );
}
