import { RequestError } from '../core/errors.ts';
import { mergedSections } from '../core/lockedSections.ts';
import type { Section } from '../core/refinement.ts';

/** A text whose locked sections are replaced by seals that a model has to copy. */
export interface SealedText {
  readonly text: string;
  /** The seals in order; the section behind a seal has its index. */
  readonly seals: readonly string[];
  /** What the seals stand for, byte for byte. */
  readonly sections: readonly string[];
}

/**
 * Replaces locked sections by seals (`[[LOCKED_1]]`) that none of the texts contains. Sections that
 * overlap or touch become one. Throws a `RequestError` for a section that is not inside the text,
 * cuts through a placeholder or a character, or leaves nothing to rewrite.
 */
export function seal(
  text: string,
  locked: readonly Section[],
  otherTexts: readonly string[],
): SealedText {
  const merged = mergedSections(text, locked);
  const word = sealWord([text, ...otherTexts]);
  const seals = merged.map((_section, index) => `[[${word}_${index + 1}]]`);
  let sealed = '';
  let end = 0;
  merged.forEach((section, index) => {
    sealed += text.slice(end, section.start) + (seals[index] ?? '');
    end = section.end;
  });
  const rest = merged.reduceRight(
    (left, { start, end: to }) => left.slice(0, start) + left.slice(to),
    text,
  );
  if (merged.length > 0 && rest.trim() === '') {
    throw new RequestError('The whole text is locked, so nothing can be refined. Unlock a part.');
  }
  return {
    text: sealed + text.slice(end),
    seals,
    sections: merged.map(section => text.slice(section.start, section.end)),
  };
}

/** Seals the same sections in a later text, as far as they are found there in their order. */
export function sealAgain(text: string, { seals, sections }: SealedText): string {
  let sealed = '';
  let rest = text;
  sections.forEach((section, index) => {
    const at = rest.indexOf(section);
    if (at < 0) return;
    sealed += rest.slice(0, at) + (seals[index] ?? '');
    rest = rest.slice(at + section.length);
  });
  return sealed + rest;
}

/** Puts the sections back where their seals stand, and says where they stand now. */
export function unseal(
  text: string,
  { seals, sections }: Pick<SealedText, 'seals' | 'sections'>,
): { readonly text: string; readonly locked: Section[] } {
  let whole = '';
  let end = 0;
  const locked: Section[] = [];
  for (const { index, start } of placesOf(text, seals)) {
    const section = sections[index] ?? '';
    whole += text.slice(end, start);
    locked.push({ start: whole.length, end: whole.length + section.length });
    whole += section;
    end = start + (seals[index]?.length ?? 0);
  }
  return { text: whole + text.slice(end), locked };
}

/** What is wrong with the seals of a rewrite: lost, doubled, changed, or out of their order. */
export function brokenSeals(after: string, seals: readonly string[]): string[] {
  if (seals.length === 0) return [];
  const places = placesOf(after, seals);
  const problems = seals.flatMap((each, index) => {
    const times = places.filter(place => place.index === index).length;
    if (times === 1) return [];
    const what = times === 0 ? 'is lost or changed' : `occurs ${times} times`;
    return [`The locked section ${each} ${what}; copy ${each} exactly once, as it is.`];
  });
  if (problems.length > 0) return problems;
  const stray = straySeal(after, seals);
  if (stray) return [`${stray} stands for no locked section; take it out.`];
  const inOrder = places.every(({ index }, at) => index === at);
  return inOrder
    ? []
    : [`The locked sections changed places; they must stand in the order ${seals.join(', ')}.`];
}

/** Something that looks like a seal and is none. */
function straySeal(after: string, seals: readonly string[]): string | undefined {
  const rest = seals.reduce((text, each) => text.replaceAll(each, ''), after);
  const word = /[A-Z]+(?:_PART\d+)?(?=_\d)/.exec(seals[0] ?? '')?.[0];
  return word === undefined ? undefined : new RegExp(`\\[*${word}_\\d+\\]*`, 'i').exec(rest)?.[0];
}

function placesOf(text: string, seals: readonly string[]): { index: number; start: number }[] {
  return seals
    .flatMap((each, index) => {
      const places: { index: number; start: number }[] = [];
      for (let at = text.indexOf(each); at >= 0; at = text.indexOf(each, at + each.length)) {
        places.push({ index, start: at });
      }
      return places;
    })
    .sort((left, right) => left.start - right.start);
}

function sealWord(texts: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const word = number === 1 ? 'LOCKED' : `LOCKED_PART${number}`;
    if (!texts.some(text => text.toUpperCase().includes(word))) return word;
  }
}
