import { CommanderError, type Command } from 'commander';
import { EngineError, GuardError } from '../engine/index.ts';
import { cleanText } from './cleanText.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exitCodes.ts';
import { commandLine } from './program.ts';
import { remedyHint } from './remedyHint.ts';
import { jsonSchema } from '../report/resultJson.ts';
import type { Shell } from './shell.ts';
import type { VerbResult } from './verb.ts';

/**
 * Reads the words of a command, runs its verb, and prints one result: a text, or with `--json` one
 * object on standard output. Everything else goes to standard error.
 */
export async function main(words: readonly string[], shell: Shell): Promise<ExitCode> {
  const { terminal } = shell;
  const asJson = words.includes('--json');
  let verb = '';
  let exitCode: ExitCode = exitCodes.done;

  const perform = async (
    name: string,
    _: Command,
    work: (shell: Shell) => Promise<VerbResult>,
  ): Promise<void> => {
    verb = name;
    const result = await work(shell);
    exitCode = result.exitCode;
    terminal.out(asJson ? jsonText(verb, exitCode, result.json) : result.text);
  };

  try {
    await commandLine(perform, terminal).parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const code = error instanceof CommanderError ? exitCodes.wrongUse : exitCodeOf(error);
    // Commander has said its sentence already, with the usage below it.
    if (!(error instanceof CommanderError)) terminal.err(problemText(error));
    if (asJson) terminal.out(jsonText(verb, code, { error: problemJson(error) }));
    return code;
  }
}

function problemText(error: unknown): string {
  if (error instanceof EngineError) {
    const hint = remedyHint(error.remedy);
    return `${cleanText(error.message)}\n${hint ? `${hint}\n` : ''}`;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `This is a fault of prompt-refiner; please report it with these lines:\n${cleanText(trace)}\n`;
}

function problemJson(error: unknown): Record<string, unknown> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof EngineError)) {
    return { code: error instanceof CommanderError ? 'request' : 'fault', message };
  }
  return {
    code: error.code,
    message,
    ...(error.remedy ? { remedy: error.remedy } : {}),
    ...(error instanceof GuardError ? { broken: error.broken, refused: error.text } : {}),
  };
}

/** One object; characters that a terminal would act on are escaped, so nothing is lost. */
function jsonText(verb: string, exitCode: ExitCode, fields: VerbResult['json']): string {
  const text = JSON.stringify({ schema: jsonSchema, verb, exitCode, ...fields }, null, 2);
  const active = /[\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;
  return `${text.replace(active, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
