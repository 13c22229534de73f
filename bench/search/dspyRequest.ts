import type { SeenRow } from './optimizerRequest.ts';
import { readPrompt } from './statements.ts';
import type { World } from './world.ts';

/** What the reader of a DSPy request is asked to write. */
export interface DspyRequest {
  /** A prompt to be changed; absent where only findings are asked for. */
  readonly prompt?: string;
  /** Lines that the request itself says about the cases. */
  readonly told: readonly string[];
  /** Makes the reply of the prompt or the findings. */
  readonly wrap: (text: string) => string;
}

/** Fields that hold the prompt as it is, and those that tell what somebody has found in the cases. */
const promptFields = ['current_instruction', 'basic_instruction'];
const toldFields = ['dataset_description', 'observations'];

/**
 * Reads a request in the form of DSPy: fields under `[[ ## name ## ]]`, and a last sentence that
 * names the fields to write, as sections or as a JSON object. Undefined where it has another form.
 */
export function readDspy(text: string, world: World): DspyRequest | undefined {
  const wanted = wantedFields(text);
  if (!wanted) return undefined;
  const said = (names: readonly string[]): string =>
    names.map(name => field(text, name)).find(each => each !== '') ?? '';
  const prompt = said(promptFields);
  return {
    ...(prompt === '' ? {} : { prompt }),
    told: statementLines(said(toldFields), world),
    wrap: made => dressed(wanted, made),
  };
}

/** An answer of the task model in the form that a DSPy request wants; as it is in any other. */
export function dspyAnswer(text: string, answer: string): string {
  const wanted = wantedFields(text);
  return wanted ? dressed(wanted, answer) : answer;
}

/** As evidence for findings there is no answer of a model yet: every case counts. */
export function unanswered(rows: readonly SeenRow[]): SeenRow[] {
  return rows.map(row => ({ ...row, said: '' }));
}

interface Wanted {
  readonly names: readonly string[];
  readonly asJson: boolean;
}

function wantedFields(text: string): Wanted | undefined {
  const ask = /Respond with (?:the corresponding output fields|a JSON object)[^\n]*$/u.exec(
    text.trimEnd(),
  )?.[0];
  if (ask === undefined) return undefined;
  const asJson = ask.includes('JSON object');
  const quoted = [...ask.matchAll(/`(?:\[\[ ## )?(\w+)(?: ## \]\])?`/gu)].map(
    each => each[1] ?? '',
  );
  return { names: quoted.filter(name => name !== 'completed'), asJson };
}

function dressed({ names, asJson }: Wanted, text: string): string {
  const valued = names.map(name => [name, valueOf(name, text)] as const);
  if (asJson) return JSON.stringify(Object.fromEntries(valued));
  const sections = valued.map(
    ([name, value]) =>
      `[[ ## ${name} ## ]]\n${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`,
  );
  return `${sections.join('')}[[ ## completed ## ]]`;
}

function valueOf(name: string, text: string): unknown {
  return name === 'module_advice' ? { self: text } : text;
}

function field(text: string, name: string): string {
  const mark = `[[ ## ${name} ## ]]\n`;
  const at = text.lastIndexOf(mark);
  if (at < 0) return '';
  const rest = text.slice(at + mark.length);
  const end = rest.search(/\n\n(?:\[\[ ## |Respond with )/u);
  return (end < 0 ? rest : rest.slice(0, end)).trim();
}

/** Lines that say something of the world's words, as a prompt would. */
function statementLines(text: string, world: World): string[] {
  const lines = text.split('\n');
  const { statements } = readPrompt(text, world);
  return [...new Set(statements.map(each => lines[each.line] ?? ''))];
}
