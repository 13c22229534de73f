import type { Command } from 'commander';
import type { MetricListing } from '../engine/index.ts';
import { scaleWords } from '../panel/presentMetric.ts';
import { cleanLine } from './cleanText.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import type { CommonFlags } from './flags.ts';
import type { Perform } from './program.ts';
import { openEngine, type Shell } from './shell.ts';
import { textTable } from './table.ts';
import type { VerbResult } from './verb.ts';

/** `metrics`: how answers can be scored. */
export function addMetrics(program: Command, perform: Perform): void {
  program
    .command('metrics')
    .summary('list the metrics that answers can be scored by')
    .description(
      'Lists every metric with its own scale and what it says. Options go behind a colon, with ' +
        'commas between them; a wrong one is answered with the options there are.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner evaluate … --metric accuracy --metric exact_match:ignore_case

With --json: metrics.

${exitCodesHelp}`,
    )
    .action((_: unknown, command: Command) =>
      perform('metrics', command, shell => metricsVerb(command.optsWithGlobals(), shell)),
    );
}

async function metricsVerb(flags: CommonFlags, shell: Shell): Promise<VerbResult> {
  const metrics = openEngine(flags, shell).metrics();
  return { exitCode: exitCodes.done, text: metricsText(metrics), json: { metrics } };
}

function metricsText(metrics: readonly MetricListing[]): string {
  const table = textTable({
    heads: ['metric', 'scale', ''],
    rows: metrics.map(metric => [
      cleanLine(metric.name),
      scaleWords(metric),
      cleanLine(metric.description),
    ]),
  });
  return `${table}\n`;
}
