import type { Command } from 'commander';

/** Flags that say how a dataset file is read. */
export interface ColumnFlags {
  readonly input?: readonly string[];
  readonly target?: string;
  readonly references?: string;
  readonly labels?: string;
  readonly messages?: string;
  readonly context?: string;
  readonly note?: string;
  readonly split?: string;
  readonly encoding?: string;
}

/** Adds the flags that say how a dataset file is read. */
export function addColumnFlags(verb: Command): Command {
  return verb
    .option('--input <column...>', 'input column, or PLACEHOLDER=COLUMN')
    .option('--target <column>', 'column with the expected answer')
    .option('--references <column>', 'column with a list of answers that all count as right')
    .option('--labels <column>', 'column with a set of labels')
    .option('--messages <column>', 'column with the conversation before the answer')
    .option('--context <column>', 'column with text that an answer may rely on')
    .option('--note <column>', 'column with notes of people, shown to the optimizer model')
    .option('--split <column>', 'column that says train, validation or test')
    .option('--encoding <label>', 'encoding of the file (default: UTF-8, or as its mark says)');
}
