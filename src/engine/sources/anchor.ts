import type { PromptLiteral } from './literal.ts';
import type { TextRange } from './range.ts';

/** What a literal is known by after its file changed; plain JSON, safe to keep. */
export interface LiteralAnchor {
  readonly host: string;
  /** See `PromptLiteral.path`. */
  readonly path: string;
  /** Fingerprint of its text. */
  readonly hash: string;
  /** The lines around it, as they were. */
  readonly before: string;
  readonly after: string;
  readonly start: number;
}

/** Characters of the neighbourhood that are remembered on each side. */
const reach = 120;
/** Beyond this many literals, paths are looked at only where something else speaks for one. */
const manyLiterals = 2_000;
/** How much each sign says; the same text or the same path alone is enough. */
const worth = { hash: 4, path: 4, before: 2, after: 2, start: 1 } as const;

/** Remembers where a literal stands. */
export function anchorOf(file: string, literal: PromptLiteral): LiteralAnchor {
  return {
    host: literal.host,
    path: literal.path,
    hash: fingerprint(literal.text),
    ...neighbourhood(file, literal),
    start: literal.start,
  };
}

/** The literal of which every sign of an anchor still holds; no other one can be as likely. */
export function unmoved(
  file: string,
  literals: readonly PromptLiteral[],
  anchor: LiteralAnchor,
): PromptLiteral | undefined {
  const all = Object.values(worth).reduce((sum, each) => sum + each, 0);
  return literals.find(
    each =>
      each.host === anchor.host &&
      each.refusal === undefined &&
      likeness(file, each, anchor, true) === all,
  );
}

/**
 * The literal that an anchor means among those of the file as it is now. Undefined where it is
 * gone, and where two are equally likely: a wrong guess would overwrite another prompt.
 */
export function findAgain(
  file: string,
  literals: readonly PromptLiteral[],
  anchor: LiteralAnchor,
): PromptLiteral | undefined {
  const isFew = literals.length <= manyLiterals;
  let best: { readonly literal: PromptLiteral; readonly score: number } | undefined;
  let isTied = false;
  for (const literal of literals) {
    if (literal.host !== anchor.host || literal.refusal !== undefined) continue;
    const score = likeness(file, literal, anchor, isFew);
    if (score < worth.hash || (best && score < best.score)) continue;
    isTied = best?.score === score;
    best = { literal, score };
  }
  return isTied ? undefined : best?.literal;
}

function likeness(
  file: string,
  literal: PromptLiteral,
  anchor: LiteralAnchor,
  isFew: boolean,
): number {
  const { before, after } = neighbourhood(file, literal);
  let score = fingerprint(literal.text) === anchor.hash ? worth.hash : 0;
  if (before === anchor.before) score += worth.before;
  if (after === anchor.after) score += worth.after;
  if ((isFew || score > 0) && literal.path === anchor.path) score += worth.path;
  return score > 0 && literal.start === anchor.start ? score + worth.start : score;
}

function neighbourhood(file: string, { start, end }: TextRange) {
  const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
  return {
    before: squeeze(file.slice(Math.max(0, start - reach), start)),
    after: squeeze(file.slice(end, end + reach)),
  };
}

/** FNV-1a (32 bits, Fowler, Noll, Vo) over UTF-16 units, with the length: to tell texts apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return `${hash.toString(16)}-${text.length}`;
}
