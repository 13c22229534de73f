import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exitCodesHelp } from './exitCodes.ts';
import type { CommonFlags, OptimizeFlags } from './flags.ts';
import { ownFile } from './ownFiles.ts';
import type { Perform } from './program.ts';
import { runVerb } from './runVerb.ts';
import type { Shell } from './shell.ts';
import type { VerbResult } from './verb.ts';

const simulation =
  'The models of this demo are a simulation inside this program: no language model is asked, ' +
  'nothing is sent, nothing is paid. What you see of prompts, scores and versions is the real thing.\n';

/** `demo`: a whole optimization on the embedded demo model. */
export function addDemo(program: Command, perform: Perform): void {
  program
    .command('demo')
    .summary('watch an optimization on the embedded demo model')
    .description(
      'Optimizes a sample prompt over a sample dataset, without a key and without the network. ' +
        'The models are a simulation. Versions are saved in a temporary folder, or in --folder.',
    )
    .addHelpText(
      'after',
      `
Example:
  prompt-refiner demo

With --json: the fields of optimize, simulation, folder.

${exitCodesHelp}`,
    )
    .action((_: unknown, command: Command) =>
      perform('demo', command, shell => demoVerb(command.optsWithGlobals(), shell)),
    );
}

async function demoVerb(flags: CommonFlags, shell: Shell): Promise<VerbResult> {
  const folder = flags.folder ?? (await mkdtemp(join(tmpdir(), 'prompt-refiner-demo-')));
  shell.terminal.err(`${simulation}Versions and the run's log go to ${folder}\n\n`);
  const run: OptimizeFlags = {
    ...flags,
    folder,
    model: 'demo:task',
    optimizerModel: 'demo:optimizer',
    prompt: ownFile('examples/triage/prompt.md'),
    dataset: ownFile('examples/triage/tickets.csv'),
    metric: ['accuracy'],
  };
  const result = await runVerb('optimize', run, shell);
  return {
    exitCode: result.exitCode,
    text: `${result.text}\n${simulation}`,
    json: { ...result.json, simulation: true, folder },
  };
}
