export const statePath = 'state.txt';
export const callsPath = '.prompts/x/runs/r/calls.jsonl';

/** A text of up to 300 KB that follows from its name, so that a part of it is seen to be one. */
export function bodyOf(name: string): string {
  const size = [...name].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 300_000, 7);
  const short = size % 3 === 0 ? size : size % 2_000;
  return `begin ${name}\n${'é'.repeat(short / 2)}\nend ${name}`;
}
