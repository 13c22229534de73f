import { RequestError } from '../core/errors.ts';
import { mergedSections, placesOf } from '../core/lockedSections.ts';
import type { Prompt } from '../core/prompt.ts';
import { changeable } from './component.ts';
import type { SearchView } from './search.ts';
import { wordsOf } from './words.ts';

/** The locked sections of a prompt, those of each component in order. */
export type Locks = Readonly<Record<keyof Prompt, readonly LockedSection[]>>;

/** A piece of a prompt that every candidate keeps, byte for byte. */
export interface LockedSection {
  readonly text: string;
  /** Whether it begins and ends where a word does: then it is not kept inside of a longer word. */
  readonly opensWord: boolean;
  readonly closesWord: boolean;
  /** How often its text stands in the prompt, locked or not. */
  readonly times: number;
}

/** Words from which a section that stands there twice is a repetition and no accident. */
const phrase = 4;
/** Characters of a section in a sentence about it. */
const named = 48;

/**
 * The sections of a prompt that these texts lock, wherever they stand in it. Throws a
 * `RequestError` for a text that is not there or cuts through a placeholder, and where nothing is
 * left that may change.
 */
export function locksOf(
  prompt: Prompt,
  texts: readonly string[],
  components: readonly (keyof Prompt)[],
): Locks {
  const stray = texts.find(text => !isIn(prompt.system, text) && !isIn(prompt.output, text));
  if (stray !== undefined) {
    throw new RequestError(
      `The locked text "${beginning(stray)}" is not in the prompt. Copy it as it stands there, or lock nothing.`,
    );
  }
  const locks = {
    system: sectionsIn(prompt.system, texts),
    output: sectionsIn(prompt.output, texts),
  };
  const isOpen = components.some(
    component =>
      locks[component]
        .reduce((rest, { text }) => rest.replace(text, ''), prompt[component])
        .trim() !== '',
  );
  if (texts.length > 0 && !isOpen) {
    throw new RequestError(
      'All of the prompt that may change is locked, so nothing can be optimized. Unlock a part.',
    );
  }
  return locks;
}

/** The locks of the run that is looked at. */
export function locksIn({ state: { header }, settings }: SearchView): Locks {
  const prompt = header?.original.prompt ?? { system: '', output: '' };
  return locksOf(prompt, header?.locked ?? [], changeable(settings));
}

/** A sentence for the first locked section that a prompt lost, moved or repeats; undefined where none. */
export function brokenLock(proposed: Prompt, locks: Locks): string | undefined {
  return brokenIn(proposed.system, locks.system) ?? brokenIn(proposed.output, locks.output);
}

function brokenIn(text: string, sections: readonly LockedSection[]): string | undefined {
  let from = 0;
  for (const section of sections) {
    const places = placesOf(text, section.text).filter(({ start, end }) =>
      isApart(text, start, end, section),
    );
    const quoted = `The locked section "${beginning(section.text)}"`;
    if (places.length === 0) return `${quoted} is lost or changed; it must stay as it is.`;
    const place = places.find(({ start }) => start >= from);
    if (!place) return `${quoted} changed its place; locked sections must keep their order.`;
    if (places.length > section.times && wordsOf(section.text).length >= phrase) {
      return `${quoted} stands there ${places.length} times; it must stay as it is.`;
    }
    from = place.end;
  }
  return undefined;
}

function sectionsIn(text: string, texts: readonly string[]): LockedSection[] {
  const places = mergedSections(
    text,
    texts.flatMap(each => placesOf(text, each)),
  );
  return places.map(({ start, end }) => {
    const own = text.slice(start, end);
    return {
      text: own,
      opensWord: !isWord(text[start - 1]),
      closesWord: !isWord(text[end]),
      times: placesOf(text, own).length,
    };
  });
}

function isApart(
  text: string,
  start: number,
  end: number,
  { text: section, opensWord, closesWord }: LockedSection,
): boolean {
  const growsLeft = opensWord && isWord(section[0]) && isWord(text[start - 1]);
  const growsRight = closesWord && isWord(section.at(-1)) && isWord(text[end]);
  return !growsLeft && !growsRight;
}

function beginning(text: string): string {
  const characters = [...text.trim().replace(/\s+/gu, ' ')];
  return characters.length > named
    ? `${characters.slice(0, named).join('')}…`
    : characters.join('');
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{M}\p{N}_]/u.test(character);
}

function isIn(text: string, part: string): boolean {
  return part.trim() !== '' && text.includes(part);
}
