import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RequestError } from '../engine/index.ts';
import type { VersionsComparison } from '../engine/index.ts';
import { comparisonReport, reportForms } from '../panel/comparisonReport.ts';
import { costTable, scoreTable } from '../panel/comparisonTables.ts';
import { presentVersions } from '../panel/presentVersions.ts';
import type { Table } from '../panel/textTable.ts';
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

/** `compare`: two or more saved versions, word by word and metric by metric. */
export function addCompare(program: Command, perform: Perform): void {
  program
    .command('compare')
    .argument('<left>', 'saved version: NAME@A')
    .argument('<right>', 'saved version: NAME@B')
    .argument('[more...]', 'further versions, held against the first')
    .option('--export <file>', 'write a report of all of them: .html, .md or .csv')
    .summary('compare saved versions')
    .description(
      'Prints what went and what came between the first version and each of the others, every metric ' +
        'with the paired difference and its test, and the cost; a dash stands where they were not ' +
        'measured on the same rows.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner compare triage@1 triage@2
  prompt-refiner compare triage@1 triage@2 triage@3 --export report.html

With --json: left, right, system, output, rows (of the first two versions), costs, pairs? (where
there are more: the first against each of the others), export?.

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
  await checkReport(flags.export, shell.here);
  const engine = openEngine(flags, shell);
  const versions = await Promise.all(references.map(each => engine.history.resolve(each)));
  const whole = await engine.compareVersions(
    versions.map(({ promptName, number }) => ({ promptName, number })),
  );
  const [comparison, ...further] = whole.pairs;
  if (!comparison) throw new RequestError('Name two versions to compare.');
  const file = flags.export;
  if (file !== undefined) {
    await writeFile(resolve(shell.here, file), comparisonReport(whole, file) ?? '');
  }
  const written = file === undefined ? '' : `\nThe report is in ${cleanLine(file)}.\n`;
  return {
    exitCode: exitCodes.done,
    text: `${comparisonText(whole, shell.terminal)}${written}`,
    json: {
      ...comparison,
      costs: whole.costs,
      ...(further.length === 0 ? {} : { pairs: whole.pairs }),
      ...(file === undefined ? {} : { export: file }),
    },
  };
}

/** Refuses what could not be written before anything is read. */
async function checkReport(file: string | undefined, here: string): Promise<void> {
  if (file === undefined) return;
  const ending = file.split('.').at(-1)?.toLowerCase() ?? '';
  if (!Object.hasOwn(reportForms, ending)) {
    const endings = Object.keys(reportForms).map(each => `.${each}`);
    throw new RequestError(
      `--export ${cleanLine(file)} has no ending that names a form; use ${endings.join(', ')}.`,
    );
  }
  await checkWritable('--export', file, here);
}

/** What changed in each component, what every version scores, and what it costs. */
export function comparisonText(comparison: VersionsComparison, terminal: Terminal): string {
  const view = presentVersions(comparison);
  const isNamed = view.diffs.length > 1;
  const diffs = view.diffs.flatMap(({ title: pair, components }) =>
    components.map(({ title, parts, changed }) => {
      const head = `${isNamed ? `${title}, ${pair}` : title}${changed ? '' : ' (unchanged)'}`;
      return [terminal.paint('bold', cleanLine(head)), wordDiff(parts, terminal)].join('\n');
    }),
  );
  const tables = [...(view.rows.length > 0 ? [scoreTable(view)] : []), costTable(view)];
  return `${[...diffs, ...tables.map(cleanTable), cleanLine(view.note)].join('\n\n')}\n`;
}

function cleanTable({ heads, rows }: Table): string {
  return textTable({ heads: heads.map(cleanLine), rows: rows.map(row => row.map(cleanLine)) });
}
