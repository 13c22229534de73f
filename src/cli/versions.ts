import { join } from 'node:path';
import type { Command } from 'commander';
import {
  formatPromptFile,
  versionPaths,
  type Engine,
  type PromptVersion,
} from '../engine/index.ts';
import { dash } from '../panel/format.ts';
import { cleanExcerpt, cleanLine, cleanText } from './cleanText.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import type { CommonFlags } from './flags.ts';
import type { Perform } from './program.ts';
import { folderOf, openEngine, type Shell } from './shell.ts';
import { textTable } from './table.ts';
import type { VerbResult } from './verb.ts';

/** `versions`: what is saved. */
export function addVersions(program: Command, perform: Perform): void {
  program
    .command('versions')
    .argument('[name]', 'prompt name, or NAME@VERSION to print its text')
    .summary('list saved prompts and their versions')
    .description(
      'Without a name, lists the saved prompts; with a name, its versions, oldest first; with ' +
        'NAME@VERSION, prints that text.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner versions triage

With --json: prompts?, versions?.

${exitCodesHelp}`,
    )
    .action((name: string | undefined, _: unknown, command: Command) =>
      perform('versions', command, shell => versionsVerb(name, command.optsWithGlobals(), shell)),
    );
}

async function versionsVerb(
  name: string | undefined,
  flags: CommonFlags,
  shell: Shell,
): Promise<VerbResult> {
  const { history } = openEngine(flags, shell);
  const folder = folderOf(flags, shell);
  if (name === undefined) return allPrompts(history, folder);
  const names = await history.names();
  if (!names.includes(name)) {
    const version = await history.resolve(name);
    return {
      exitCode: exitCodes.done,
      text: cleanText(formatPromptFile(version.prompt)),
      json: { versions: [described(version, folder)] },
    };
  }
  const versions = await history.list(name);
  return {
    exitCode: exitCodes.done,
    text: versionsText(versions),
    json: { versions: versions.map(version => described(version, folder)) },
  };
}

async function allPrompts(history: Engine['history'], folder: string): Promise<VerbResult> {
  const prompts = [];
  for (const name of await history.names()) {
    const versions = await history.list(name);
    const newest = versions.at(-1);
    if (newest) prompts.push({ name, versions: versions.length, newest });
  }
  const table = textTable({
    heads: ['prompt', 'versions', 'newest', 'saved'],
    rows: prompts.map(({ name, versions, newest }) => [
      cleanLine(name),
      String(versions),
      `@${newest.number} ${newest.origin}`,
      cleanLine(newest.createdAt),
    ]),
    right: [1],
  });
  return {
    exitCode: exitCodes.done,
    text:
      prompts.length === 0
        ? `No prompt has been saved in ${cleanLine(join(folder, '.prompts'))} yet.\n`
        : `${table}\n`,
    json: {
      prompts: prompts.map(({ name, versions, newest }) => ({
        name,
        versions,
        newest: newest.number,
      })),
    },
  };
}

function versionsText(versions: readonly PromptVersion[]): string {
  const numberOf = new Map(versions.map(version => [version.id, version.number]));
  const table = textTable({
    heads: ['version', 'origin', 'from', 'saved', 'text', 'note'],
    rows: versions.map(version => {
      const parent = version.parentId === undefined ? undefined : numberOf.get(version.parentId);
      return [
        `@${version.number}`,
        version.origin,
        parent === undefined ? dash : `@${parent}`,
        cleanLine(version.createdAt),
        cleanExcerpt(version.prompt.system || version.prompt.output, 40),
        cleanExcerpt(version.note ?? '', 60),
      ];
    }),
  });
  return `${table}\n`;
}

function described(version: PromptVersion, folder: string): Record<string, unknown> {
  return { ...version, path: join(folder, versionPaths(version).system) };
}
