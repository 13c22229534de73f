import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { isPromptFile, languageOf, RequestError } from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import { isIgnored, readGitignore, type IgnoreRule } from './gitignore.ts';
import { readTextIfThere } from './textFile.ts';

/** Folders that hold what others wrote, or what was made of the sources. */
const foreign = new Set(
  '.git .hg .svn .prompts node_modules bower_components dist out build coverage venv .venv __pycache__ .tox .mypy_cache .next .cache'.split(
    ' ',
  ),
);
const lockFile =
  /^(?:package-lock|npm-shrinkwrap|composer\.lock)\.json$|^pnpm-lock\.yaml$|\.min\.[cm]?js$/;
const prose: ReadonlySet<string> = new Set(['markdown', 'plaintext']);

/** The rules of one `.gitignore`, for what lies below its folder. */
interface Ignoring {
  readonly folder: string;
  readonly rules: readonly IgnoreRule[];
}

/**
 * The files below a folder that may hold prompts, in order: what git ignores, installed packages,
 * build results and links are left out; of Markdown and text, only what is named as a prompt.
 */
export async function* sourceFilesIn(folder: string, signal: AbortSignal): AsyncGenerator<string> {
  yield* filesBelow(folder, folder, await ignoringAbove(folder), signal);
}

async function* filesBelow(
  root: string,
  folder: string,
  above: readonly Ignoring[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (signal.aborted) return;
  const own = await ignoringOf(folder);
  const ignoring = own ? [...above, own] : above;
  const entries = await entriesOf(folder);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    if (isLeftOut(ignoring, path, isFolder)) continue;
    if (isFolder) {
      if (!foreign.has(entry.name)) yield* filesBelow(root, path, ignoring, signal);
    } else if (entry.isFile() && !lockFile.test(entry.name) && mayHold(relative(root, path))) {
      yield path;
    }
  }
}

function mayHold(path: string): boolean {
  const language = languageOf(path);
  return language !== undefined && (!prose.has(language) || isPromptFile(path));
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown problem';
    throw new RequestError(`${cleanLine(folder)}: this folder cannot be read (${code}).`);
  }
}

function isLeftOut(ignoring: readonly Ignoring[], path: string, isFolder: boolean): boolean {
  for (const { folder, rules } of ignoring.toReversed()) {
    const below = relative(folder, path).split(sep).join('/');
    const said = isIgnored(rules, below, isFolder);
    if (said !== undefined) return said;
  }
  return false;
}

/** The rules of the folders above, up to the one that is a repository; none outside of one. */
async function ignoringAbove(folder: string): Promise<Ignoring[]> {
  const found: Ignoring[] = [];
  for (let at = folder; ; at = dirname(at)) {
    if (at !== folder) {
      const own = await ignoringOf(at);
      if (own) found.unshift(own);
    }
    if (await isRepository(at)) return found;
    if (dirname(at) === at) return [];
  }
}

/** A repository has a folder of that name; one that is a work tree or submodule has a file. */
async function isRepository(folder: string): Promise<boolean> {
  return (await stat(join(folder, '.git')).catch(() => undefined)) !== undefined;
}

async function ignoringOf(folder: string): Promise<Ignoring | undefined> {
  const text = await readTextIfThere(join(folder, '.gitignore'), '.gitignore').catch(
    (_unreadable: unknown) => undefined,
  );
  return text === undefined ? undefined : { folder, rules: readGitignore(text) };
}
