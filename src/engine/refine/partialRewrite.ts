import { unseal } from './locks.ts';
import type { RewriteTask } from './rewriteTask.ts';

/**
 * The rewrite as far as it can be shown while the answer is still growing: without tags and fences,
 * locked sections in their places. What may be the begin of a tag or seal waits for its rest.
 */
export function partialRewrite(answer: string, { tags, sealed, techniques }: RewriteTask): string {
  const opened = new RegExp(`<\\s*${tags.refinedPrompt}\\s*>\\s*`, 'i').exec(answer);
  if (!opened) return '';
  const inside = answer.slice(opened.index + opened[0].length);
  const ended = new RegExp(`<\\s*(?:/\\s*${tags.refinedPrompt}|${tags.changes})\\s*>`, 'i').exec(
    inside,
  );
  let text = ended ? inside.slice(0, ended.index) : withoutBegun(inside, tags.refinedPrompt);
  text = text.replace(/^(?:```|~~~)[\w-]*[ \t]*\r?\n/, fence => (isWhole(inside) ? '' : fence));
  if (techniques.some(each => each.splits)) {
    text = text.replace(new RegExp(`<\\s*/?\\s*(?:${tags.step}|${tags.title})\\s*>`, 'gi'), '\n');
  }
  return unseal(ended ? text : withoutBegunSeal(text, sealed.seals), sealed).text.trim();
}

/** Whether a fence at the begin stands around everything, as far as can be told. */
function isWhole(inside: string): boolean {
  return (inside.match(/^(?:```|~~~)/gm)?.length ?? 0) <= 2;
}

function withoutBegun(text: string, tag: string): string {
  const at = text.lastIndexOf('<');
  if (at < 0 || text.length - at > tag.length + 6) return text;
  const begun = text.slice(at).replace(/[\s/]/g, '').toLowerCase();
  return `<${tag}>`.startsWith(begun) || /^<[a-z_\d]*$/.test(begun) ? text.slice(0, at) : text;
}

function withoutBegunSeal(text: string, seals: readonly string[]): string {
  const longest = Math.max(0, ...seals.map(each => each.length));
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (seals.some(each => each !== end && each.startsWith(end))) return text.slice(0, -length);
  }
  return text;
}
