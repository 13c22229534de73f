import type { Command } from 'commander';
import type { Comparison } from '../engine/index.ts';
import { presentComparison } from '../panel/presentComparison.ts';
import { cleanLine } from './cleanText.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import type { CommonFlags } from './flags.ts';
import type { Perform } from './program.ts';
import { openEngine, type Shell } from './shell.ts';
import { textTable } from './table.ts';
import type { Terminal } from './terminal.ts';
import type { VerbResult } from './verb.ts';
import { wordDiff } from './wordDiff.ts';

/** `compare`: two saved versions, word by word and metric by metric. */
export function addCompare(program: Command, perform: Perform): void {
  program
    .command('compare')
    .argument('<left>', 'saved version: NAME@A')
    .argument('<right>', 'saved version: NAME@B')
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

With --json: left, right, system, output, rows.

${exitCodesHelp}`,
    )
    .action((left: string, right: string, _: unknown, command: Command) =>
      perform('compare', command, shell =>
        compareVerb(left, right, command.optsWithGlobals(), shell),
      ),
    );
}

async function compareVerb(
  left: string,
  right: string,
  flags: CommonFlags,
  shell: Shell,
): Promise<VerbResult> {
  const engine = openEngine(flags, shell);
  const sides = {
    left: await engine.history.resolve(left),
    right: await engine.history.resolve(right),
  };
  const comparison = await engine.compare({
    left: { promptName: sides.left.promptName, number: sides.left.number },
    right: { promptName: sides.right.promptName, number: sides.right.number },
  });
  return {
    exitCode: exitCodes.done,
    text: comparisonText(comparison, shell.terminal),
    json: { ...comparison },
  };
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
