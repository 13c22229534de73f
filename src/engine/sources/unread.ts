import type { PromptLiteral } from './literal.ts';
import type { TextRange } from './range.ts';

/** What is known of a literal before a character of it was read; what is read is put over it. */
export function unreadLiteral(
  host: string,
  { start, end }: TextRange,
  { path, caution }: Pick<PromptLiteral, 'path' | 'caution'>,
): Omit<PromptLiteral, 'style' | 'refusal'> {
  return {
    host,
    start,
    end,
    inside: { start, end },
    path,
    caution,
    margin: '',
    text: '',
    units: [],
    pieces: [],
    alternatives: () => [],
    respellings: () => [],
  };
}
