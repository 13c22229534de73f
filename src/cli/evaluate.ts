import type { Command } from 'commander';
import { addRunFlags, type EvaluateFlags } from './flags.ts';
import { exitCodesHelp } from './exitCodes.ts';
import type { Perform } from './program.ts';
import { runVerb } from './runVerb.ts';

/** `evaluate`: a prompt on every row of a dataset. */
export function addEvaluate(program: Command, perform: Perform): void {
  addRunFlags(program.command('evaluate'))
    .option('--slice <column...>', 'show each metric by the values of this column')
    .summary('measure a prompt over a dataset')
    .description(
      'Runs the prompt on every row of the dataset and prints each metric with its 95 % interval, ' +
        'the confusion matrix of few labels, each --slice, and the rows that lost most. ' +
        'Exits with 1 where --target-threshold was asked for and not reached, or no row has a score.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner evaluate --prompt prompt.md --dataset tickets.csv --metric accuracy --target label

With --json: run, end, resumed, earlier?, metrics, flaky?, outcomes, failures, rows, confusion?, detectable?, slices, worst, spending, judgeSpending?, versions, target?, report?, export?; with --estimate: estimate.

${exitCodesHelp}`,
    )
    .action((_: EvaluateFlags, command: Command) =>
      perform('evaluate', command, shell => runVerb('evaluate', command.optsWithGlobals(), shell)),
    );
}
