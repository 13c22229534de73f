import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RequestError } from '../engine/index.ts';
import type { Comparison } from '../engine/index.ts';
import { comparisonReport, reportForms } from '../panel/comparisonReport.ts';
import { presentComparison } from '../panel/presentComparison.ts';
import { cleanLine } from './cleanText.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import type { CommonFlags } from './flags.ts';
import type { Perform } from './program.ts';
import { checkWritable } from './report.ts';
import { openEngine, type Shell } from './shell.ts';
import { textTable } from './table.ts';
import type { Terminal } from './terminal.ts';
import type { VerbResult } from './verb.ts';
import { wordDiff } from '../report/wordDiff.ts';

/** `compare`: two saved versions, word by word and metric by metric. */
export function addCompare(program: Command, perform: Perform): void {
  program
    .command('compare')
    .argument('<left>', 'saved version: NAME@A')
    .argument('<right>', 'saved version: NAME@B')
    .argument('[more...]', 'further versions, for the report')
    .option('--export <file>', 'write a report of all of them: .html, .md or .csv')
    .summary('compare two saved versions')
    .description(
      'Prints what went and what came between two versions, and every metric of both; a dash ' +
        'stands where they were not measured on the same rows.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner compare triage@1 triage@2
  prompt-refiner compare triage@1 triage@2 triage@3 --export report.html

With --json: left, right, system, output, rows, export?.

${exitCodesHelp}`,
    )
    .action((left: string, right: string, more: string[], _: unknown, command: Command) =>
      perform('compare', command, shell =>
        compareVerb([left, right, ...more], command.optsWithGlobals(), shell),
      ),
    );
}

async function compareVerb(
  references: readonly string[],
  flags: CommonFlags & { readonly export?: string },
  shell: Shell,
): Promise<VerbResult> {
  await checkReport(flags.export, references, shell.here);
  const engine = openEngine(flags, shell);
  const versions = await Promise.all(references.map(each => engine.history.resolve(each)));
  const whole = await engine.compareVersions(
    versions.map(({ promptName, number }) => ({ promptName, number })),
  );
  const [comparison] = whole.pairs;
  if (!comparison) throw new RequestError('Name two versions to compare.');
  const file = flags.export;
  if (file !== undefined) {
    await writeFile(resolve(shell.here, file), comparisonReport(whole, file) ?? '');
  }
  const written = file === undefined ? '' : `\nThe report is in ${cleanLine(file)}.\n`;
  return {
    exitCode: exitCodes.done,
    text: `${comparisonText(comparison, shell.terminal)}${written}`,
    json: { ...comparison, ...(file === undefined ? {} : { export: file }) },
  };
}

/** Refuses what could not be written before anything is read. */
async function checkReport(
  file: string | undefined,
  references: readonly string[],
  here: string,
): Promise<void> {
  if (file === undefined) {
    if (references.length === 2) return;
    throw new RequestError('More than two versions go into a report: add --export FILE.');
  }
  const ending = file.split('.').at(-1)?.toLowerCase() ?? '';
  if (!Object.hasOwn(reportForms, ending)) {
    const endings = Object.keys(reportForms).map(each => `.${each}`);
    throw new RequestError(
      `--export ${cleanLine(file)} has no ending that names a form; use ${endings.join(', ')}.`,
    );
  }
  await checkWritable('--export', file, here);
}

/** The word diff of each component and the metric table. */
export function comparisonText(comparison: Comparison, terminal: Terminal): string {
  const view = presentComparison(comparison);
  const diffs = view.components.map(({ title, parts, changed }) =>
    [
      terminal.paint('bold', changed ? title : `${title} (unchanged)`),
      wordDiff(parts, terminal),
    ].join('\n'),
  );
  const table = textTable({
    heads: ['metric', 'measured on', 'model', view.left.title, view.right.title, 'difference'].map(
      cleanLine,
    ),
    rows: view.rows.map(row =>
      [row.metric, row.rows, row.taskModel, row.left, row.right, row.difference].map(cleanLine),
    ),
  });
  const parts = [...diffs, ...(view.rows.length > 0 ? [table] : []), cleanLine(view.note)];
  return `${parts.join('\n\n')}\n`;
}
