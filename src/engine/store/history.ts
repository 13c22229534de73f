import { RequestError } from '../core/errors.ts';
import type { Files } from '../core/files.ts';
import type { VersionHistory } from '../core/history.ts';
import { samePrompt } from '../core/prompt.ts';
import type {
  Measurement,
  PromptVersion,
  VersionDraft,
  VersionMark,
  VersionRef,
} from '../core/version.ts';
import { broken } from './json.ts';
import {
  gitignorePath,
  promptFolder,
  promptFolderName,
  promptRecordPath,
  promptsFolder,
  versionNumberOf,
  versionPaths,
} from './layout.ts';
import { listMeasurements, writeMeasurement } from './measurements.ts';
import {
  formatPromptRecord,
  formatVersionRecord,
  parsePromptRecord,
  parseVersionRecord,
} from './record.ts';
import { withMarks, writeMark } from './versionMarks.ts';
import { resolveReference } from './reference.ts';

/** The saved versions of all prompts, with what was measured of each. */
export interface MeasuredHistory extends VersionHistory {
  saveMeasurement(measurement: Measurement): Promise<void>;
  /** Oldest first; the same rows may have been measured more than once. */
  measurements(ref: VersionRef): Promise<Measurement[]>;
}

/** The clock and the source of ids, handed in so that a test can say what they answer. */
export interface HistorySockets {
  now(): Date;
  newId(): string;
}

/**
 * Versions as plain files under `.prompts`. A text is kept exactly as it is, with or without a
 * line end at its end; only a lone surrogate, which no file can hold, becomes U+FFFD.
 */
export function promptHistory(files: Files, { now, newId }: HistorySockets): MeasuredHistory {
  let lastSave: Promise<unknown> = Promise.resolve();

  async function names(): Promise<string[]> {
    const folders = (await files.list(promptsFolder)).filter(name => name.endsWith('/'));
    const found = await Promise.all(folders.map(folder => nameIn(files, folder.slice(0, -1))));
    return found.filter(name => name !== undefined).sort();
  }

  async function list(promptName: string): Promise<PromptVersion[]> {
    const numbers = await completeNumbers(files, promptName);
    const versions = numbers.map(number => readVersion(files, { promptName, number }));
    return withMarks(files, promptName, await Promise.all(versions));
  }

  async function read(ref: VersionRef): Promise<PromptVersion> {
    const numbers = await completeNumbers(files, ref.promptName);
    if (!numbers.includes(ref.number)) throw unknownVersion(ref, numbers);
    const [version] = await withMarks(files, ref.promptName, [await readVersion(files, ref)]);
    return version ?? readVersion(files, ref);
  }

  async function mark(ref: VersionRef, change: VersionMark): Promise<PromptVersion> {
    await read(ref);
    await writeMark(files, ref, change);
    return read(ref);
  }

  async function save(draft: VersionDraft): Promise<PromptVersion> {
    const saved = lastSave.then(() => saveNow(draft));
    // Two saves of one moment must not both miss that the text is already there.
    lastSave = saved.catch(() => {});
    return saved;
  }

  async function saveNow(draft: VersionDraft): Promise<PromptVersion> {
    const prompt = {
      system: withoutLoneSurrogates(draft.prompt.system),
      output: withoutLoneSurrogates(draft.prompt.output),
    };
    const { promptName } = draft;
    const newest = (await completeNumbers(files, promptName)).at(-1);
    if (newest !== undefined) {
      const version = await readVersion(files, { promptName, number: newest });
      if (samePrompt(version.prompt, prompt)) return version;
    }
    await files.write(gitignorePath, 'runs/\n*.tmp\n', { ifAbsent: true });
    await claimName(files, promptName);
    const number = await claimNumber(files, promptName, prompt.system);
    const version: PromptVersion = {
      promptName,
      number,
      id: newId(),
      ...(draft.parentId === undefined ? {} : { parentId: draft.parentId }),
      prompt,
      origin: draft.origin,
      ...(draft.note === undefined ? {} : { note: draft.note }),
      createdAt: now().toISOString(),
      metadata: draft.metadata ?? {},
    };
    const paths = versionPaths(version);
    if (prompt.output !== '') await files.write(paths.output, prompt.output);
    await files.write(paths.record, formatVersionRecord(version));
    return version;
  }

  return {
    names,
    list,
    read,
    save,
    mark,
    resolve: reference => resolveReference(reference, { names, list }),
    saveMeasurement: measurement => writeMeasurement(files, measurement),
    measurements: ref => listMeasurements(files, ref),
  };
}

/**
 * The real name of the prompt in a folder. A folder that a person copied or renamed still tells
 * its old name; it is passed over, as its versions would be looked for elsewhere.
 */
async function nameIn(files: Files, folder: string): Promise<string | undefined> {
  const path = `${promptsFolder}/${folder}/prompt.json`;
  const text = await files.read(path);
  if (text === undefined) return undefined;
  const name = parsePromptRecord(path, text);
  return name.trim() !== '' && promptFolderName(name) === folder ? name : undefined;
}

async function claimName(files: Files, promptName: string): Promise<void> {
  const path = promptRecordPath(promptName);
  if (await files.write(path, formatPromptRecord(promptName), { ifAbsent: true })) return;
  const owner = parsePromptRecord(path, (await files.read(path)) ?? '');
  if (owner !== promptName) throw broken(path, `it belongs to the prompt "${owner}"`);
}

/** Takes the next free number by creating its text, so that two windows never share one. */
async function claimNumber(files: Files, promptName: string, system: string): Promise<number> {
  const names = await files.list(promptFolder(promptName));
  let number = Math.max(0, ...names.map(name => versionNumberOf(name) ?? 0)) + 1;
  while (
    !(await files.write(versionPaths({ promptName, number }).system, system, { ifAbsent: true }))
  ) {
    number += 1;
  }
  return number;
}

/** Numbers with both a text and a record, lowest first; a text alone is an unfinished save. */
async function completeNumbers(files: Files, promptName: string): Promise<number[]> {
  const names = new Set(await files.list(promptFolder(promptName)));
  return [...names]
    .filter(name => name.endsWith('.json'))
    .map(name => versionNumberOf(name))
    .filter(number => number !== undefined && names.has(`v${number}.md`))
    .map(Number)
    .sort((left, right) => left - right);
}

async function readVersion(files: Files, ref: VersionRef): Promise<PromptVersion> {
  const paths = versionPaths(ref);
  const { hasOutput, ...facts } = parseVersionRecord(
    paths.record,
    await readText(files, paths.record),
  );
  if (facts.number !== ref.number) {
    throw broken(paths.record, `it says version ${facts.number} of the prompt`);
  }
  return {
    promptName: ref.promptName,
    ...facts,
    prompt: {
      system: await readText(files, paths.system),
      output: hasOutput ? await readText(files, paths.output) : '',
    },
  };
}

async function readText(files: Files, path: string): Promise<string> {
  const text = await files.read(path);
  if (text === undefined) throw broken(path, 'the file is missing');
  return text;
}

function unknownVersion(ref: VersionRef, numbers: readonly number[]): RequestError {
  const there =
    numbers.length === 0 ? 'it has no saved versions' : `there are ${numbers.join(', ')}`;
  return new RequestError(
    `The prompt "${ref.promptName}" has no version ${ref.number}; ${there}. Choose another one.`,
  );
}

function withoutLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
