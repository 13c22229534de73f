import { Command } from 'commander';
import { addCompare } from './compare.ts';
import { addDataset } from './dataset.ts';
import { addDemo } from './demo.ts';
import { addEvaluate } from './evaluate.ts';
import { exitCodesHelp } from './exitCodes.ts';
import { addCommonFlags } from './flags.ts';
import { addLint } from './lint.ts';
import { addJudge } from './judge.ts';
import { addMetrics } from './metrics.ts';
import { addModels } from './models.ts';
import { addOptimize } from './optimize.ts';
import { ownVersion } from './ownFiles.ts';
import { addRefine } from './refine.ts';
import type { Shell } from './shell.ts';
import type { VerbResult } from './verb.ts';
import { addVersions } from './versions.ts';

/** Runs a verb and prints what it answers; handed to every verb's file. */
export type Perform = (
  verb: string,
  command: Command,
  work: (shell: Shell) => Promise<VerbResult>,
) => Promise<void>;

/** The whole command line; nothing runs before it is parsed. */
export function commandLine(
  perform: Perform,
  write: { out(text: string): void; err(text: string): void },
): Command {
  const program = new Command('prompt-refiner')
    .description(
      'Refines prompts, measures them over datasets, optimizes them, and compares their versions. ' +
        'Versions are plain files in .prompts.',
    )
    .version(ownVersion())
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: write.out, writeErr: write.err })
    .showHelpAfterError('(add --help for the flags of a verb)')
    .exitOverride();
  addCommonFlags(program).addHelpText(
    'after',
    `
Keys: OPENAI_API_KEY goes to api.openai.com or to the --base-url of the same command, nowhere else;
Google's application-default credentials are used for vertex: models (GOOGLE_CLOUD_PROJECT).

--json prints one object: schema (1), verb, exitCode, and the fields that each verb's help names;
where it fails, error { code, message, remedy? } in their place.

${exitCodesHelp}`,
  );
  for (const add of [
    addRefine,
    addLint,
    addEvaluate,
    addOptimize,
    addCompare,
    addVersions,
    addModels,
    addMetrics,
    addJudge,
    addDataset,
    addDemo,
  ]) {
    add(program, perform);
  }
  return program;
}
