import { Option, type Command } from 'commander';
import { parseShares } from '../engine/index.ts';
import { wholeNumber } from './numbers.ts';

/** Adds the flags that only `optimize` has. */
export function addSearchFlags(verb: Command): Command {
  return verb
    .option('--optimizer-model <provider:id>', 'model that writes new prompts')
    .option(
      '--guard <metric=tolerance...>',
      'metric that must not get worse by more than this on its own scale; without =TOLERANCE not at all',
    )
    .option('--lock <text...>', 'text of the prompt that every candidate keeps byte for byte')
    .option(
      '--patience <n>',
      'stop after this many trials without an improvement',
      wholeNumber('--patience', 1, 1000),
    )
    .option(
      '--max-iterations <n>',
      'stop after this many trials',
      wholeNumber('--max-iterations', 1, 1000),
    )
    .option('--sample-k <n>', 'train rows a trial looks at', wholeNumber('--sample-k', 1, 10_000))
    .option(
      '--shares <train/validation/test>',
      'percent of the rows to learn from, to choose by and to judge by, such as 50/25/25 (default: 35/25/40)',
      parseShares,
    )
    .option('--strategy <name>', 'how better prompts are searched for; see docs/strategies.md')
    .addOption(
      new Option('--component <part>', 'the part of the prompt that may change').choices([
        'system',
        'output',
        'all',
      ]),
    )
    .option('--bandit', 'let a bandit choose the edit operator of each trial (patch-race)')
    .option('--no-bandit', 'use the fixed order of operators, whatever the settings say')
    .option('--meta-model', 'let predictions choose among proposals, once they prove right')
    .option('--no-meta-model', 'let no predictions choose')
    .option('--contrast', 'show rows that another prompt of the run did better on (patch-race)')
    .option('--no-contrast', 'show no such rows, whatever the settings say')
    .option('--cross-validation', 'search again without each fifth of the rows, under 30 (default)')
    .option('--no-cross-validation', 'judge by a handful of rows kept aside, under 30');
}
