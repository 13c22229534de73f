import { RequestError } from '../core/errors.ts';
import { digest } from './digest.ts';
import type { Measurement, VersionRef } from '../core/version.ts';

/** The folder below the workspace that holds everything. */
export const promptsFolder = '.prompts';

/** What people said of judges: `HASH-1.json`, `HASH-2.json` … A dot begins no prompt's folder. */
export const judgeChecksFolder = `${promptsFolder}/.judges`;

/** What may be thrown away at any time; its own `.gitignore` keeps all of it out of git. */
export const cacheFolder = `${promptsFolder}/.cache`;

/** Keeps the folder out of git, also in a workspace of old. */
export const cacheIgnorePath = `${cacheFolder}/.gitignore`;

/** How long the models of the workspace take to answer. */
export const pacesPath = `${cacheFolder}/paces.json`;

/** Answers of models, one file for each process that wrote any; another number is another form. */
export const answersFolder = `${cacheFolder}/answers-1`;

/** Requests that are being sent, one file each for as long as that lasts. */
export const askingFolder = `${cacheFolder}/asking`;

/** Kept out of git: run logs stay local, versions are meant to be committed. */
export const gitignorePath = `${promptsFolder}/.gitignore`;

// `runs` would be hidden by our own .gitignore; the others are devices on Windows.
const reserved = /^(?:runs|con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
const simpleName = /^[a-z0-9][a-z0-9_-]{0,59}$/;

/**
 * The folder name of a prompt, safe on every system whatever the name. A name of up to 60 lower-case
 * letters, digits, `-` and `_` is its own folder; every other one becomes a readable slug, a dot and
 * twelve hex digits of its hash, so that no two names share a folder, not even where the disk
 * ignores case. Throws a `RequestError` for a blank name.
 */
export function promptFolderName(name: string): string {
  if (name.trim() === '') {
    throw new RequestError('A prompt needs a name that is not blank. Give it one and try again.');
  }
  if (simpleName.test(name) && !reserved.test(name)) return name;
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  // A device stays a device with an ending: `con.txt` is one too.
  const readable = slug === '' || reserved.test(slug) ? 'prompt' : slug;
  return `${readable}.${digest(name).slice(0, 12)}`;
}

/** `.prompts/<prompt>`. */
export function promptFolder(promptName: string): string {
  return `${promptsFolder}/${promptFolderName(promptName)}`;
}

/** `.prompts/<prompt>/prompt.json`: the prompt's real name. */
export function promptRecordPath(promptName: string): string {
  return `${promptFolder(promptName)}/prompt.json`;
}

/** The three files of a version: its two texts and its record. */
export interface VersionPaths {
  readonly system: string;
  readonly output: string;
  readonly record: string;
}

/** `v2.md`, `v2.output.md` and `v2.json` in the prompt's folder. */
export function versionPaths(ref: VersionRef): VersionPaths {
  const stem = `${promptFolder(ref.promptName)}/v${ref.number}`;
  return { system: `${stem}.md`, output: `${stem}.output.md`, record: `${stem}.json` };
}

/** The version number in a file name such as `v2.md`; undefined where the name is no version's. */
export function versionNumberOf(fileName: string): number | undefined {
  const digits = /^v([1-9]\d{0,8})\.(?:md|output\.md|json)$/.exec(fileName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** `.prompts/<prompt>/scores`. */
export function scoresFolder(promptName: string): string {
  return `${promptFolder(promptName)}/scores`;
}

/** `.prompts/<prompt>/marks`: names, notes and pins of versions, one file a change. */
export function marksFolder(promptName: string): string {
  return `${promptFolder(promptName)}/marks`;
}

/** `.prompts/<prompt>/holdouts`: which rows have judged results of it, a file for each run. */
export function holdoutsFolder(promptName: string): string {
  return `${promptFolder(promptName)}/holdouts`;
}

/** `.prompts/<prompt>/columns`: which columns of a dataset feed the prompt, one file a choice. */
export function columnsFolder(promptName: string): string {
  return `${promptFolder(promptName)}/columns`;
}

/**
 * `scores/v2-<dataset>-<split>-<model>.json`, with `-2`, `-3` … behind it where the same rows were
 * measured again: every file is written once.
 */
export function scoresPath(measurement: Measurement, repetition: number): string {
  const { version, datasetFingerprint, split, taskModel } = measurement;
  const dataset = /^[0-9a-f]{12,}$/.test(datasetFingerprint)
    ? datasetFingerprint.slice(0, 12)
    : digest(datasetFingerprint).slice(0, 12);
  const again = repetition > 1 ? `-${repetition}` : '';
  const model = digest(taskModel).slice(0, 8);
  const folder = scoresFolder(version.promptName);
  return `${folder}/v${version.number}-${dataset}-${split}-${model}${again}.json`;
}

/** `.prompts/<prompt folder>/runs`, by the folder's name as it is on the disk. */
export function runsFolder(folderName: string): string {
  return `${promptsFolder}/${folderName}/runs`;
}

/** `.prompts/<prompt>/runs/2026-08-22-7f3a`. */
export function runFolder(promptName: string, runId: string): string {
  return `${runsFolder(promptFolderName(promptName))}/${runId}`;
}

/** `run.json` of a run: what it was asked for. */
export function runRecordPath(promptName: string, runId: string): string {
  return `${runFolder(promptName, runId)}/run.json`;
}

/** `terms-0001.json`, what a person agreed to when the run went on: one file for each time. */
export function termsName(number: number): string {
  return `terms-${String(number).padStart(4, '0')}.json`;
}

/** The number in a file name such as `terms-0001.json`. */
export function termsNumberOf(fileName: string): number | undefined {
  const digits = /^terms-(\d{4,9})\.json$/.exec(fileName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** `calls.jsonl` of a run: what it has paid for. */
export function callLogPath(promptName: string, runId: string): string {
  return `${runFolder(promptName, runId)}/calls.jsonl`;
}

/** `actions.jsonl` of a run: what each of its trials did, cost and was worth; docs/action-log.md. */
export function actionLogPath(promptName: string, runId: string): string {
  return `${runFolder(promptName, runId)}/${actionLogName}`;
}

/** The name of that file in a run's folder. */
export const actionLogName = 'actions.jsonl';

/** `learned.json` of a run: the scored edits of earlier runs that its meta-model began with. */
export function learnedPath(promptName: string, runId: string): string {
  return `${runFolder(promptName, runId)}/learned.json`;
}

/** `report.md` or `report.json` of a run: how it ended. */
export function reportPath(promptName: string, runId: string, form: 'md' | 'json'): string {
  return `${runFolder(promptName, runId)}/report.${form}`;
}

/** `events-0001.jsonl`, one segment for each session that worked on the run. */
export function segmentName(segment: number): string {
  return `events-${String(segment).padStart(4, '0')}.jsonl`;
}

/** `end-0001.json`: why the session of that segment ended; absent where it was killed. */
export function segmentEndName(segment: number): string {
  return `end-${String(segment).padStart(4, '0')}.json`;
}

/** The segment number in a file name such as `events-0001.jsonl`. */
export function segmentNumberOf(fileName: string): number | undefined {
  const digits = /^events-(\d{4,9})\.jsonl$/.exec(fileName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** `owner-0001.json`: who works, or worked, on the run, one for each session. */
export function lockName(number: number): string {
  return `owner-${String(number).padStart(4, '0')}.json`;
}

/** The number in a file name such as `owner-0001.json`. */
export function lockNumberOf(fileName: string): number | undefined {
  const digits = /^owner-(\d{4,9})\.json$/.exec(fileName)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
