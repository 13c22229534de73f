/** One sentence or line of a text: UTF-16 offsets, `end` exclusive. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The sentences of a text, those inside code fences left out; a line end always ends one. */
export function sentencesOf(text: string): Sentence[] {
  const prose = text.replace(/^(```|~~~)[^\n]*\n[^]*?(?:^\1[^\n]*|$(?![^]))/gm, fence =>
    fence.replace(/[^\n]/g, ' '),
  );
  return [...prose.matchAll(/[^\s][^\n]*?(?:[.!?](?=\s|$)|(?=\n|$))/g)].map(match => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}
