import type { Command } from 'commander';
import type { Dataset } from '../engine/index.ts';
import { datasetSheet } from '../panel/datasetSheet.ts';
import { cleanText } from './cleanText.ts';
import { mappingOf } from './columns.ts';
import { datasetPath } from './datasetPath.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import { addColumnFlags, type ColumnFlags } from './columnFlags.ts';
import type { CommonFlags } from './flags.ts';
import type { Perform } from './program.ts';
import { folderOf, openEngine, type Shell } from './shell.ts';
import type { VerbResult } from './verb.ts';

/** `dataset`: what a file holds, before anything is run over it. */
export function addDataset(program: Command, perform: Perform): void {
  addColumnFlags(program.command('dataset').argument('<file>', 'the dataset file'))
    .summary('tell what a dataset file holds')
    .description(
      'Reads the whole file and tells its format, encoding and columns, how many rows can be used, ' +
        'and every problem with its line. Exits with 2 where no row can be used.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner dataset tickets.csv --target label

With --json: dataset.

${exitCodesHelp}`,
    )
    .action((file: string, _: unknown, command: Command) =>
      perform('dataset', command, shell => datasetVerb(file, command.optsWithGlobals(), shell)),
    );
}

async function datasetVerb(
  file: string,
  flags: CommonFlags & ColumnFlags,
  shell: Shell,
): Promise<VerbResult> {
  const engine = openEngine(flags, shell);
  const mapping = mappingOf(flags, { system: '', output: '' });
  const dataset = await engine.inspect(
    datasetPath(file, folderOf(flags, shell), shell.here),
    {
      ...(mapping ? { mapping } : {}),
      ...(flags.encoding === undefined ? {} : { encoding: flags.encoding }),
    },
    shell.signal,
  );
  return {
    exitCode: exitCodes.done,
    text: cleanText(datasetSheet(dataset)),
    json: { dataset: described(dataset) },
  };
}

/** All but the rows themselves. */
function described({ examples: _, ...dataset }: Dataset): Record<string, unknown> {
  const { problems, warnings = [], described: columns = [] } = dataset;
  return {
    name: dataset.name,
    path: dataset.path,
    format: dataset.format,
    encoding: dataset.encoding,
    digest: dataset.fingerprint,
    rows: { usable: dataset.rows, unusable: dataset.unusableRows ?? problems.length },
    mapping: dataset.mapping,
    columns,
    problems,
    warnings,
  };
}
