/** The smallest piece of a prompt that is edited: a line, or a sentence of a long line. */
export interface Unit {
  readonly text: string;
  /** What stands behind it: a line end, a space between sentences, or nothing at the end. */
  readonly behind: string;
}

/** Characters from which a line is taken apart into sentences. */
const longLine = 240;

/** A text as units; {@link joinUnits} gives the same text back, character by character. */
export function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  for (const [, line = '', end = ''] of text.matchAll(/([^\n]*)(\n|$)/gu)) {
    if (line === '' && end === '') continue;
    const sentences = line.length < longLine ? [line] : line.split(/(?<=[.!?]\s+)(?=\S)/u);
    for (const [at, sentence] of sentences.entries()) {
      const bare = sentence.trimEnd();
      const last = at === sentences.length - 1;
      // White space at the end of a line belongs to the line: nobody asked to take it away.
      units.push(
        last
          ? { text: sentence, behind: end }
          : { text: bare, behind: sentence.slice(bare.length) },
      );
    }
  }
  return units;
}

/** Units as a text. A unit that had nothing behind it and is no longer the last gets a line end. */
export function joinUnits(units: readonly Unit[]): string {
  return units
    .map(({ text, behind }, at) => text + (behind === '' && at < units.length - 1 ? '\n' : behind))
    .join('');
}
