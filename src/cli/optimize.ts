import type { Command } from 'commander';
import { addRunFlags, type OptimizeFlags } from './flags.ts';
import { addSearchFlags } from './searchFlags.ts';
import { exitCodesHelp } from './exitCodes.ts';
import type { Perform } from './program.ts';
import { runVerb } from './runVerb.ts';

/** `optimize`: a search for a better prompt, judged on rows that the search never saw. */
export function addOptimize(program: Command, perform: Perform): void {
  addSearchFlags(addRunFlags(program.command('optimize')))
    .summary('search for a better prompt over a dataset')
    .description(
      'Lets the optimizer model rewrite the prompt from its failures, keeps what is better, and ' +
        'judges the winner on rows that the search never saw. Exits with 1 where ' +
        '--target-threshold was asked for and the winner is below it on those rows.',
    )
    .addHelpText(
      'after',
      `
Examples:
  prompt-refiner optimize --prompt prompt.md --dataset tickets.csv --metric accuracy --target label --budget-usd 2
  prompt-refiner optimize --resume RUN

With --json: run, end, resumed, earlier?, metrics, verdict?, winner?, diff?, trials, folds?, learnedFrom?, metaModel?, flaky?, outcomes, failures, spending, judgeSpending?, costPerPoint?, versions, target?, report?, export?; with --estimate: estimate.

${exitCodesHelp}`,
    )
    .action((_: OptimizeFlags, command: Command) =>
      perform('optimize', command, shell => runVerb('optimize', command.optsWithGlobals(), shell)),
    );
}
