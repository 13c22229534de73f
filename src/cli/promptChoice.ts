import { basename, dirname, extname, resolve } from 'node:path';
import { parsePromptFile, RequestError, type Engine, type Prompt } from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import { readTextIfThere } from './textFile.ts';

/** A prompt and the name under which its versions are kept. */
export interface ChosenPrompt {
  readonly promptName: string;
  readonly prompt: Prompt;
}

/** What `--prompt` names: a file where there is one, else a saved prompt, `NAME` or `NAME@2`. */
export async function choosePrompt(
  choice: { readonly prompt?: string; readonly name?: string },
  here: string,
  engine: Pick<Engine, 'history'>,
): Promise<ChosenPrompt> {
  const { prompt: named, name } = choice;
  if (named === undefined || named === '') {
    throw new RequestError('No prompt was named: give --prompt FILE or --prompt NAME[@VERSION].');
  }
  const text = await readTextIfThere(resolve(here, named), named);
  if (text === undefined) {
    const version = await savedPrompt(named, engine);
    return { promptName: name ?? version.promptName, prompt: version.prompt };
  }
  const prompt = parsePromptFile(text);
  if (prompt.system.trim() === '' && prompt.output.trim() === '') {
    throw new RequestError(`${cleanLine(named)} holds no prompt; write one into it first.`);
  }
  return { promptName: name ?? nameOfFile(resolve(here, named)), prompt };
}

async function savedPrompt(named: string, { history }: Pick<Engine, 'history'>) {
  if (looksLikeFile(named)) {
    throw new RequestError(`There is no file ${cleanLine(named)}; check the path after --prompt.`);
  }
  return history.resolve(named);
}

function looksLikeFile(named: string): boolean {
  return /[/\\]/.test(named) || /\.(?:md|txt|prompt|prompty|markdown)$/i.test(named);
}

/**
 * The name of a prompt file without its ending; a file that is just called `prompt` takes the name
 * of its folder. Written like the names that the editor gives, so that both find the same versions.
 */
export function nameOfFile(path: string): string {
  const own = nameable(basename(path, extname(path)));
  const chosen = own === 'prompt' ? nameable(basename(dirname(path))) || own : own;
  return chosen || 'prompt';
}

function nameable(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}
