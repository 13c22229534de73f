/** Tags between which a request to the optimizer model holds what is not our own words. */
const fenceTags = [
  'prompt_system',
  'prompt_output',
  'row',
  'rows',
  'input',
  'output',
  'expected',
  'feedback',
  'verdict',
  'rationale',
  'earlier_edits',
  'edit',
  'line',
  'locked',
  'contract',
  'note',
  'better_output',
  'better_prompt',
] as const;

type FenceTag = (typeof fenceTags)[number];

const tagBehind = `(?=/?(?:${fenceTags.join('|')})\\s*>)`;
const toEscape = new RegExp(
  `<${tagBehind}|&(?=(?:amp;)*lt;/?(?:${fenceTags.join('|')})\\s*>)`,
  'giu',
);
const escaped = new RegExp(`&(amp;)?((?:amp;)*)lt;${tagBehind}`, 'giu');

/**
 * A text between our tags. A tag of ours inside it is written with `&lt;`, so that no row and no
 * prompt can end its fence and speak as if it were the request.
 */
export function fenced(tag: FenceTag, text: string): string {
  const inside = text.replace(toEscape, mark => (mark === '<' ? '&lt;' : '&amp;'));
  return `<${tag}>${inside}</${tag}>`;
}

/**
 * The text between the last whole pair of a tag, our escapes undone; undefined where there is none.
 * The last, because a model that thinks aloud repeats the old prompt before it gives the new one.
 */
export function unfenced(tag: FenceTag, text: string): string | undefined {
  return lastInside(tag, text)?.replace(escaped, (_, amp: string | undefined, more: string) =>
    amp === undefined ? '<' : `&${more}lt;`,
  );
}

/** Tag by tag and never back: one expression for a pair would try every opening tag with the whole rest. */
function lastInside(tag: FenceTag, text: string): string | undefined {
  const opening = new RegExp(`<${tag}\\s*>`, 'giu');
  const closing = new RegExp(`</${tag}\\s*>`, 'giu');
  let inside: string | undefined;
  while (opening.exec(text)) {
    const from = opening.lastIndex;
    closing.lastIndex = from;
    const close = closing.exec(text);
    if (!close) break;
    inside = text.slice(from, close.index);
    opening.lastIndex = closing.lastIndex;
  }
  return inside;
}
