import type { RefinementChange } from '../core/refinement.ts';
import type { Tags } from './tags.ts';

/** What a model's answer holds: the rewritten text and the list of changes. */
export interface RefineAnswer {
  /** Absent where the answer has no rewritten prompt in its tags. */
  readonly text?: string;
  /** Set where nothing ends the text, neither its tag nor the list of changes: it may be half. */
  readonly open?: true;
  readonly changes: readonly RefinementChange[];
}

/**
 * Reads an answer, tolerant of what models do around it: words before and after, a code fence
 * around everything, capitals or spaces in tags, a missing end tag, changes as a list. The text
 * inside the tags is taken as it is.
 */
export function readAnswer(answer: string, tags: Tags): RefineAnswer {
  const found = refinedText(answer, tags);
  return { ...found, changes: readChanges(answer, tags) };
}

function refinedText(answer: string, tags: Tags): Pick<RefineAnswer, 'text' | 'open'> {
  const start = tagPattern(tags.refinedPrompt, 'open').exec(answer);
  if (!start) return {};
  const inside = answer.slice(start.index + start[0].length);
  const ends = [...inside.matchAll(tagPattern(tags.refinedPrompt, 'close'))];
  const nextList = tagPattern(tags.changes, 'open').exec(inside);
  const end = ends.at(-1)?.index ?? nextList?.index;
  const text = withoutFence(inside.slice(0, end))
    .replace(/^\r?\n/, '')
    .replace(/\r?\n$/, '');
  return end === undefined ? { text, open: true } : { text };
}

/** Takes away a code fence around the whole text, which models like to add. */
function withoutFence(text: string): string {
  const [, inside] = /^\s*(?:```|~~~)[\w-]*[ \t]*\r?\n(.*)\r?\n(?:```|~~~)\s*$/s.exec(text) ?? [];
  return inside === undefined || /^(?:```|~~~)/m.test(inside) ? text : inside;
}

function readChanges(answer: string, tags: Tags): RefinementChange[] {
  const list = lastBetween(answer, tags.changes);
  if (list === undefined) return [];
  const items = between(list, tags.change);
  if (items.length === 0) return listedLines(list);
  return items
    .map(item => ({
      what: oneLine(between(item, tags.what)[0] ?? withoutTags(item)),
      why: oneLine(between(item, tags.why)[0] ?? ''),
    }))
    .filter(change => change.what !== '');
}

function listedLines(list: string): RefinementChange[] {
  return list
    .split('\n')
    .map(line => oneLine(withoutTags(line).replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '')))
    .filter(line => line !== '')
    .map(what => ({ what, why: '' }));
}

function lastBetween(text: string, tag: string): string | undefined {
  const start = [...text.matchAll(tagPattern(tag, 'open'))].at(-1);
  if (!start) return undefined;
  const inside = text.slice(start.index + start[0].length);
  const end = inside.search(tagPattern(tag, 'close'));
  return end < 0 ? inside : inside.slice(0, end);
}

function between(text: string, tag: string): string[] {
  const pieces = text.split(tagPattern(tag, 'open')).slice(1);
  return pieces.map(piece => piece.split(tagPattern(tag, 'close'))[0] ?? '');
}

function tagPattern(tag: string, side: 'open' | 'close'): RegExp {
  return new RegExp(`<\\s*${side === 'close' ? '/\\s*' : ''}${tag}\\s*>`, 'gi');
}

function withoutTags(text: string): string {
  return text.replace(/<[^<>]*>/g, ' ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
