import {
  encodeLiteral,
  type EncodeOptions,
  type EncodeRefusal,
  type LiteralEdit,
} from './encode.ts';
import { hostOf } from './hosts.ts';
import type { HostSyntax, OpenSource, PromptLiteral } from './literal.ts';
import type { TextRange } from './range.ts';

/** Reads source files, keeps what it read last, and writes prompts back. */
export interface SourceReader {
  /**
   * The prompts at a cursor (`start` = `end`) or under a selection; for a cursor the innermost
   * first, for a selection that no literal encloses every one that it touches, in order. Empty
   * where there is none, and for languages that have no host syntax.
   */
  find(text: string, range: TextRange, language: string): Promise<readonly PromptLiteral[]>;
  /** Every literal that touches the range, inner ones first. */
  touching(text: string, range: TextRange, language: string): Promise<readonly PromptLiteral[]>;
  /** Every literal of a file, in order; slow for files of megabytes. */
  all(text: string, language: string): Promise<readonly PromptLiteral[]>;
  /** See `encodeLiteral`; `literal` is one that was found in exactly this text. */
  encode(
    text: string,
    literal: PromptLiteral,
    language: string,
    newText: string,
    options?: EncodeOptions,
  ): Promise<LiteralEdit | EncodeRefusal>;
}

/** Files whose trees are kept at a time. */
const keptFiles = 8;

/** A reader with a memory of the last files: an edit is parsed again only where it changed. */
export function createSourceReader(): SourceReader {
  const kept: { language: string; host: HostSyntax; source: OpenSource }[] = [];
  const open = async (text: string, language: string) => {
    const host = await hostOf(language);
    if (!host) return undefined;
    const same = kept.findIndex(each => each.language === language && each.source.text === text);
    const near = same >= 0 ? same : kept.findIndex(each => resembles(each, language, text));
    const [earlier] = near >= 0 ? kept.splice(near, 1) : [];
    const source = same >= 0 && earlier ? earlier.source : host.open(text, earlier?.source);
    kept.unshift({ language, host, source });
    kept.splice(keptFiles);
    return { host, source };
  };
  return {
    async find(text, range, language) {
      const opened = await open(text, language);
      return opened ? enclosing(opened.source, range) : [];
    },
    async touching(text, range, language) {
      const opened = await open(text, language);
      return (opened?.source.literalsAt(range) ?? []).filter(
        ({ start, end, path }) => start < range.end && range.start < end && path !== 'selection',
      );
    },
    async all(text, language) {
      const opened = await open(text, language);
      return opened?.source.allLiterals() ?? [];
    },
    async encode(text, literal, language, newText, options) {
      const opened = await open(text, language);
      if (!opened) {
        return { kind: 'refused', reason: `There are no rules for ${language}.`, alternatives: [] };
      }
      return encodeLiteral(opened.host, opened.source, literal, newText, options);
    },
  };
}

/** The prompt at a cursor or selection, read afresh: see `SourceReader.find`. */
export async function findLiteral(
  text: string,
  range: TextRange,
  language: string,
  reader: SourceReader = createSourceReader(),
): Promise<PromptLiteral | undefined> {
  return (await reader.find(text, range, language))[0];
}

/** Whether a kept text is likely an earlier state of this one. */
function resembles(kept: { language: string; source: OpenSource }, language: string, text: string) {
  const { text: old } = kept.source;
  const size = Math.min(2_000, old.length >> 1, text.length >> 1);
  const sameEnds =
    old.slice(0, size) === text.slice(0, size) || old.slice(-size) === text.slice(-size);
  return kept.language === language && size > 0 && sameEnds;
}

function enclosing(source: OpenSource, { start, end }: TextRange): readonly PromptLiteral[] {
  const touching = source.literalsAt({ start, end });
  const exact = touching.find(each => each.start === start && each.end === end);
  if (exact) return [exact];
  const around = touching.filter(({ inside }) => inside.start <= start && end <= inside.end);
  if (around.length > 0) return around;
  if (start === end) return touching.filter(each => each.start <= start && end <= each.end);
  const overlapping = touching.filter(each => each.start < end && start < each.end);
  const outer = overlapping.filter(
    each =>
      !overlapping.some(
        other => other !== each && other.start <= each.start && each.end <= other.end,
      ),
  );
  return outer.sort((a, b) => a.start - b.start);
}
