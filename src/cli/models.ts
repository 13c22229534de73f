import type { Command } from 'commander';
import type { ModelListing, ProviderListing } from '../engine/index.ts';
import { dash } from '../panel/format.ts';
import { cleanLine } from './cleanText.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import type { CommonFlags } from './flags.ts';
import type { Perform } from './program.ts';
import { waysToModels } from './remedyHint.ts';
import { openEngine, type Shell } from './shell.ts';
import { textTable } from './table.ts';
import type { VerbResult } from './verb.ts';

/** `models`: what can be chosen, and what it costs. */
export function addModels(program: Command, perform: Perform): void {
  program
    .command('models')
    .summary('list the models that can be chosen')
    .description(
      'Lists what every provider offers, with its price per million tokens and the day on which ' +
        'it will be shut down, where that is known.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner models --base-url http://127.0.0.1:11434/v1

With --json: providers.

${exitCodesHelp}`,
    )
    .action((_: unknown, command: Command) =>
      perform('models', command, shell => modelsVerb(command.optsWithGlobals(), shell)),
    );
}

async function modelsVerb(flags: CommonFlags, shell: Shell): Promise<VerbResult> {
  const providers = await openEngine(flags, shell).models(shell.signal);
  return { exitCode: exitCodes.done, text: modelsText(providers), json: { providers } };
}

/** One line a model, then the sentences of the providers that offer nothing. */
export function modelsText(providers: readonly ProviderListing[]): string {
  const models = providers.flatMap(provider => provider.models);
  const table = textTable({
    heads: ['model', 'served by', 'USD per million tokens in', 'out', ''],
    rows: models.map(model => [
      cleanLine(model.id),
      cleanLine(model.origin),
      priceText(model, 'inputUsd'),
      priceText(model, 'outputUsd'),
      remarks(model),
    ]),
    right: [2, 3],
  });
  const problems = providers.flatMap(({ provider, problem }) =>
    problem ? [`${provider}: ${cleanLine(problem)}`] : [],
  );
  const parts = [
    ...(models.length > 0 ? [table] : []),
    ...(problems.length > 0 ? [[...problems, waysToModels].join('\n')] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function priceText({ price, simulated }: ModelListing, side: 'inputUsd' | 'outputUsd'): string {
  if (price) return String(Number((price[side] * 1_000_000).toPrecision(6)));
  return simulated ? dash : 'unknown';
}

function remarks({ simulated, shutdownDate }: ModelListing): string {
  const known = [
    simulated ? 'simulation' : '',
    shutdownDate ? `shuts down ${cleanLine(shutdownDate)}` : '',
  ];
  return known.filter(remark => remark !== '').join(', ');
}
