import { samePrompt } from '../engine/index.ts';
import type { Prompt, PromptVersion, VersionHistory } from '../engine/index.ts';

/** Under which name a text is kept, and as which version where it is known already. */
export interface PromptName {
  readonly name: string;
  /** The newest version with exactly this text. */
  readonly known?: PromptVersion;
}

/**
 * The name that a prompt belongs under: the one with a version that reads exactly so, or a new one
 * named after the file and the symbol or line it was found at.
 */
export async function namePrompt(
  history: VersionHistory,
  prompt: Prompt,
  place: { readonly file: string; readonly symbol?: string; readonly line: number },
): Promise<PromptName> {
  const names = await history.names();
  const suggested = suggestName(place);
  // The prompt of that very place first: two prompts may once have had the same text.
  const others = names.filter(name => name !== suggested);
  for (const name of names.includes(suggested) ? [suggested, ...others] : others) {
    const known = (await history.list(name)).findLast(version =>
      samePrompt(version.prompt, prompt),
    );
    if (known) return { name, known };
  }
  return { name: suggested };
}

/** `agents/triage.py` and `SYSTEM_PROMPT` → `triage-system_prompt`; without a symbol, the line. */
export function suggestName(place: {
  readonly file: string;
  readonly symbol?: string;
  readonly line: number;
}): string {
  const stem = stemOf(place.file);
  const symbol = nameable(place.symbol ?? '');
  if (symbol && symbol !== stem) return `${stem}-${symbol}`;
  return place.line <= 1 ? stem : `${stem}-line-${place.line}`;
}

// `triage/prompt.md` is the triage prompt: such a file's name says nothing.
const sayNothing = new Set(['', 'prompt', 'system', 'index', 'main', 'readme']);

function stemOf(file: string): string {
  const parts = file.split(/[\\/]/).filter(Boolean);
  const stem = nameable((parts.at(-1) ?? '').replace(/(?<=.)\.[^.]*$/, ''));
  if (!sayNothing.has(stem)) return stem;
  return nameable(parts.at(-2) ?? '') || stem || 'prompt';
}

// The letters that a folder below .prompts is called by as they are; two parts make at most 60.
function nameable(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, 28)
    .replace(/^[-_]+|[-_]+$/g, '');
}
