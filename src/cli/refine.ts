import type { Command } from 'commander';
import {
  EngineError,
  GuardError,
  parsePromptFile,
  RequestError,
  totalTokens,
  type Engine,
  type PromptVersion,
  type Refinement,
} from '../engine/index.ts';
import { formatCost, formatCount } from '../panel/format.ts';
import { isSimulated } from '../panel/presentModels.ts';
import { cleanLine, cleanText } from './cleanText.ts';
import { exitCodeOf, exitCodes, exitCodesHelp, type ExitCode } from './exitCodes.ts';
import type { Perform } from './program.ts';
import { chosenCandidate, refusedText } from './refineCandidates.ts';
import { readFileSource, type FileSource } from './refineSource.ts';
import { addWishFlags, requestOf, type WishFlags } from './refineWish.ts';
import { openEngine, type Shell } from './shell.ts';
import type { VerbResult } from './verb.ts';
import { checkWritable, textWithRefined, writeBack } from './writeBack.ts';

interface RefineFlags extends WishFlags {
  readonly write?: boolean;
  readonly name?: string;
}

/** `refine`: one improvement of one prompt, without a dataset. */
export function addRefine(program: Command, perform: Perform): void {
  addWishFlags(
    program
      .command('refine')
      .argument('[file[:line]]', 'prompt file, or a place in code; standard input where absent'),
  )
    .option('--write', 'put the refined text into the file, and save both texts as versions')
    .option('--name <name>', 'name to save under (default: the name of the file)')
    .summary('improve a prompt once')
    .description(
      'Prints the refined text on standard output, and what was changed and why on standard ' +
        'error. In code, the prompt of a line is the string around it, as the program reads it; ' +
        '--write puts the new text into the same string, and leaves the file alone where that ' +
        'cannot be proven. A rewrite that loses a placeholder, the output format or the language, or ' +
        'that answers the prompt, is asked for once more and then refused, with the name of the guard.',
    )
    .addHelpText(
      'after',
      `
Examples:
  prompt-refiner refine prompt.md --instruction "answer in JSON" --write
  prompt-refiner refine src/agent.py:12 --technique shorten --candidates 3
  prompt-refiner refine prompt.md --technique personalized --answer audience=beginners
  cat prompt.md | prompt-refiner refine

With --json: before, after, candidates, changes, model, notes, usage, versions, written.

${exitCodesHelp}`,
    )
    .action((place: string | undefined, _: RefineFlags, command: Command) =>
      perform('refine', command, shell => refineVerb(place, command.optsWithGlobals(), shell)),
    );
}

async function refineVerb(
  place: string | undefined,
  flags: RefineFlags,
  shell: Shell,
): Promise<VerbResult> {
  const source = place === undefined ? undefined : await readFileSource(place, shell.here);
  if (!source && flags.write) throw new RequestError('--write needs a file; name one.');
  const text = source ? source.prompt : await textOfInput(shell);
  if (source && flags.write) await checkWritable(source);
  const engine = openEngine(flags, shell);
  const request = await requestOf(text, source, flags, engine, shell);
  const answered = await engine.refine(request, shell.signal).catch((error: unknown) => {
    if (error instanceof GuardError && !flags.json) shell.terminal.err(refusedText(error));
    throw error;
  });
  const refinement = await chosenCandidate(answered, shell, !flags.json);
  shell.terminal.err(changesText(refinement));
  const written =
    source && flags.write
      ? await write(source, refinement, flags, engine, shell)
      : { exitCode: exitCodes.done, versions: [], written: false };
  const { exitCode, ...facts } = written;
  const { after } = refinement;
  return {
    exitCode,
    text: cleanText(after.endsWith('\n') ? after : `${after}\n`),
    json: { ...refinement, ...facts },
  };
}

async function textOfInput({ terminal }: Shell): Promise<string> {
  const text = await terminal.input();
  if (text === undefined) {
    throw new RequestError('Nothing to refine: name a file, or pipe the prompt in.');
  }
  if (text.trim() === '') throw new RequestError('Standard input is empty; pipe a prompt in.');
  return text;
}

interface Written {
  readonly exitCode: ExitCode;
  readonly versions: readonly { readonly promptName: string; readonly number: number }[];
  readonly written: boolean;
}

/** Saves both texts, then the file: the original is never only in a file that was just replaced. */
async function write(
  source: FileSource,
  refinement: Refinement,
  flags: RefineFlags,
  engine: Engine,
  { terminal }: Shell,
): Promise<Written> {
  let versions: readonly PromptVersion[] = [];
  try {
    const planned = await textWithRefined(source, refinement.after);
    versions = await saveBoth(source, refinement, flags, engine);
    await writeBack(source, planned);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    // The text was paid for: it is still printed, only not written.
    terminal.err(`${cleanLine(error.message)}\n`);
    const exitCode = error.code === 'request' ? exitCodes.below : exitCodeOf(error);
    return { exitCode, versions: versions.map(reference), written: false };
  }
  const [first, last] = [versions[0], versions.at(-1)];
  terminal.err(
    `Wrote ${cleanLine(source.path)}; the original is ${first?.promptName}@${first?.number}, the refined text ${last?.promptName}@${last?.number}.\n`,
  );
  return { exitCode: exitCodes.done, versions: versions.map(reference), written: true };
}

async function saveBoth(
  source: FileSource,
  { before, after, changes, model }: Refinement,
  flags: RefineFlags,
  { history }: Engine,
): Promise<PromptVersion[]> {
  const promptName = flags.name ?? source.promptName;
  const original = await history.save({
    promptName,
    prompt: parsePromptFile(before),
    origin: 'typed',
  });
  const note = flags.instruction ?? changes.map(({ what }) => what).join('; ');
  const refined = await history.save({
    promptName,
    prompt: parsePromptFile(after),
    origin: 'refined',
    parentId: original.id,
    ...(note ? { note } : {}),
    metadata: { model },
  });
  return [original, refined];
}

function reference({ promptName, number }: PromptVersion) {
  return { promptName, number };
}

function changesText({ changes, usage, model, notes }: Refinement): string {
  const lines =
    changes.length === 0
      ? ['The model named no change.']
      : changes.map(({ what, why }) => `- ${cleanLine(what)}${why ? `: ${cleanLine(why)}` : ''}`);
  const { calls, usd } = usage;
  const cost = isSimulated(model)
    ? 'a simulation, nothing was paid'
    : formatCost({ usd: usd ?? 0, unpriced: usd === undefined ? calls : 0 });
  const tokens = formatCount(totalTokens(usage));
  const spent = `${cleanLine(model)}: ${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}, ${tokens} tokens, ${cost}.`;
  return `${[...lines, ...notes.map(cleanLine), spent].join('\n')}\n`;
}
