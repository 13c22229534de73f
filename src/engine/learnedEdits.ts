import type { EarlierEdits, ScoredEdit } from './core/foresight.ts';
import { featureNames } from './optimize/foresight/features.ts';
import { learnedFromRuns, type Learned } from './optimize/foresight/metaModel.ts';
import type { EngineParts } from './parts.ts';
import { isScoredEdit, readActionLogs, type RunEdits } from './store/actionLog.ts';
import { broken, formatJson, isObject, parseRecord, schema } from './store/json.ts';
import { learnedPath } from './store/layout.ts';

/** Runs that a meta-model learns from, the newest: each counts half in the next one. */
const newestRuns = 8;

/** What earlier runs have taught, and of how much that is. */
export interface EarlierLearning {
  readonly learned: Learned;
  readonly earlier: EarlierEdits;
}

/**
 * The scored edits of the workspace's earlier runs. They are kept beside the run when it begins, so
 * that it goes on with the same ones, whatever was run in between.
 */
export async function learnedEdits(
  { runId, promptName }: { readonly runId: string; readonly promptName: string },
  { files }: Pick<EngineParts, 'files'>,
): Promise<EarlierLearning> {
  const path = learnedPath(promptName, runId);
  const kept = await files.read(path);
  if (kept !== undefined) return learningFrom(...parse(path, kept));
  const read = await readActionLogs(files, {
    features: featureNames,
    newest: newestRuns,
    except: runId,
  });
  const isFirst = await files.write(path, formatJson({ schema, ...read }), { ifAbsent: true });
  if (!isFirst) return learnedEdits({ runId, promptName }, { files });
  return learningFrom(read.runs, read.notes);
}

function learningFrom(runs: readonly RunEdits[], notes: readonly string[]): EarlierLearning {
  const trials = runs.map(run => run.trials);
  return {
    learned: learnedFromRuns(trials),
    earlier: { runs: runs.length, edits: trials.flat(2).length, notes },
  };
}

function parse(path: string, text: string): [runs: RunEdits[], notes: string[]] {
  const { runs, notes } = parseRecord(path, text);
  if (!Array.isArray(runs) || !runs.every(isRunEdits)) throw broken(path, '"runs" is damaged');
  if (!Array.isArray(notes) || !notes.every(note => typeof note === 'string')) {
    throw broken(path, '"notes" is damaged');
  }
  return [runs, notes];
}

function isRunEdits(value: unknown): value is RunEdits {
  if (!isObject(value)) return false;
  const { run, trials } = value;
  const isTrial = (trial: unknown): trial is ScoredEdit[] =>
    Array.isArray(trial) && trial.every(edit => isScoredEdit(edit, featureNames.length));
  return typeof run === 'string' && Array.isArray(trials) && trials.every(isTrial);
}
