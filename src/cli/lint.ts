import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import {
  CancelledError,
  contextWindow,
  createSourceReader,
  languageOf,
  lintRules,
  RequestError,
  type Engine,
  type LintFacts,
} from '../engine/index.ts';
import { formatCount } from '../panel/format.ts';
import { cleanLine } from './cleanText.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import type { CommonFlags } from './flags.ts';
import { lintFile, type FileLint, type Linting } from './lintFile.ts';
import type { Perform } from './program.ts';
import { openEngine, type Shell } from './shell.ts';
import { sourceFilesIn } from './sourceFiles.ts';
import type { VerbResult } from './verb.ts';

interface LintFlags extends CommonFlags {
  readonly rules?: readonly string[];
  readonly fix?: boolean;
}

const ruleNames = lintRules.map(rule => rule.name);

/** `lint`: what looks wrong in prompts, without a model and without a network. */
export function addLint(program: Command, perform: Perform): void {
  program
    .command('lint')
    .argument('<paths...>', 'files and folders')
    .option('--rules <name...>', 'only these rules (default: all)')
    .option('--fix', 'repair what needs no judgement, such as invisible characters')
    .summary('find what looks wrong in prompts, offline')
    .description(
      'Looks at every prompt of the files: strings in code that are named as one (prompt, ' +
        'instruction, system), texts that .prompts knows, and whole prompt files. In folders, what ' +
        'git ignores and installed packages are left out. Nothing is sent to anybody. Exits with 1 ' +
        'where something was found.',
    )
    .addHelpText(
      'after',
      `
Examples:
  prompt-refiner lint src/
  prompt-refiner lint prompts/triage.md --model openai:gpt-4o
  prompt-refiner lint . --rules secret unknown-placeholder

Rules (docs/lint.md):
${lintRules.map(({ name, description }) => `  ${name.padEnd(22)}${description}`).join('\n')}

With --json: files, prompts, findings, fixed, skipped.

${exitCodesHelp}`,
    )
    .action((paths: readonly string[], _: LintFlags, command: Command) =>
      perform('lint', command, shell => lintVerb(paths, command.optsWithGlobals(), shell)),
    );
}

async function lintVerb(
  paths: readonly string[],
  flags: LintFlags,
  shell: Shell,
): Promise<VerbResult> {
  const engine = openEngine(flags, shell);
  const linting: Linting = {
    reader: createSourceReader(),
    facts: await factsOf(flags, engine),
    known: await knownTexts(engine),
    fixes: flags.fix === true,
  };
  const files: FileLint[] = [];
  for (const { path, shown, isNamed } of await filesAt(paths, shell)) {
    if (shell.signal.aborted) throw new CancelledError();
    files.push(await lintFile(path, shown, isNamed, linting));
  }
  const findings = files.flatMap(file => file.findings);
  const skipped = files.flatMap(({ file, skipped: why }) =>
    why === undefined ? [] : [{ file, why }],
  );
  for (const { file, why } of skipped)
    shell.terminal.err(`${cleanLine(file)}: ${cleanLine(why)}\n`);
  shell.terminal.err(summary(files));
  return {
    exitCode: findings.length > 0 ? exitCodes.below : exitCodes.done,
    text: findings
      .map(
        ({ file, line, column, rule, message }) =>
          `${cleanLine(file)}:${line}:${column} ${rule} ${cleanLine(message)}\n`,
      )
      .join(''),
    json: {
      files: files.length - skipped.length,
      prompts: total(files, file => file.prompts),
      findings,
      fixed: total(files, file => file.fixed),
      skipped,
    },
  };
}

async function factsOf({ rules, model }: LintFlags, engine: Engine): Promise<LintFacts> {
  const unknown = rules?.find(name => !ruleNames.includes(name));
  if (unknown !== undefined) {
    throw new RequestError(
      `There is no rule "${cleanLine(unknown)}"; there are ${ruleNames.join(', ')}. Name paths before --rules.`,
    );
  }
  const tokenLimit = model === undefined ? undefined : contextWindow(model);
  const off = rules ? ruleNames.filter(name => !rules.includes(name)) : [];
  if (model === undefined || tokenLimit === undefined) return { off };
  const { count, exact } = await engine.tokenizerOf(model);
  return { off, model, tokenLimit, ...(exact ? { countTokens: count } : {}) };
}

/** The texts of all saved versions, without white space at their ends. */
async function knownTexts({ history }: Engine): Promise<ReadonlySet<string>> {
  const texts = new Set<string>();
  for (const name of await history.names()) {
    for (const { prompt } of await history.list(name)) {
      texts.add(`${prompt.system}\n\n${prompt.output}`.trim());
    }
  }
  return texts;
}

interface NamedFile {
  readonly path: string;
  /** As a person would type it here. */
  readonly shown: string;
  /** Whether the person named the file itself and not a folder above it. */
  readonly isNamed: boolean;
}

async function filesAt(paths: readonly string[], { here, signal }: Shell): Promise<NamedFile[]> {
  const files = new Map<string, NamedFile>();
  for (const named of paths) {
    const path = resolve(here, named);
    const found = await stat(path).catch(() => undefined);
    if (!found)
      throw new RequestError(`There is no file or folder ${cleanLine(named)}; check the path.`);
    if (!found.isDirectory() && languageOf(path) === undefined) {
      throw new RequestError(
        `There are no rules for ${cleanLine(named)}, so a prompt in it cannot be found; name a file of Python, JavaScript, TypeScript, JSON, YAML, Markdown or text.`,
      );
    }
    if (!found.isDirectory()) files.set(path, { path, shown: named, isNamed: true });
    else {
      for await (const each of sourceFilesIn(path, signal)) {
        const shown = relative(here, each) || named;
        if (!files.has(each)) files.set(each, { path: each, shown, isNamed: false });
      }
    }
  }
  return [...files.values()];
}

function summary(files: readonly FileLint[]): string {
  const count = (number: number, one: string, many: string) =>
    `${formatCount(number)} ${number === 1 ? one : many}`;
  const prompts = total(files, file => file.prompts);
  const findings = total(files, file => file.findings.length);
  const fixed = total(files, file => file.fixed);
  const where = `${count(prompts, 'prompt', 'prompts')} of ${count(files.length, 'file', 'files')}`;
  const repaired = fixed === 0 ? '' : ` ${count(fixed, 'finding was', 'findings were')} repaired.`;
  if (prompts === 0) return `No prompt was found in ${count(files.length, 'file', 'files')}.\n`;
  return `${findings === 0 ? 'Nothing looks wrong' : count(findings, 'finding', 'findings')} in ${where}.${repaired}\n`;
}

function total(files: readonly FileLint[], count: (file: FileLint) => number): number {
  return files.reduce((sum, file) => sum + count(file), 0);
}
