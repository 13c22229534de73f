import { findAgain, unmoved, type LiteralAnchor } from './anchor.ts';
import type { EncodeOptions, EncodeRefusal, LiteralEdit } from './encode.ts';
import type { SourceReader } from './find.ts';
import { mergeThreeWay } from './merge.ts';

/** A new text for a prompt that was found earlier. */
export interface WriteBackRequest {
  /** The file as it is now. */
  readonly file: string;
  /** VS Code's language id. */
  readonly language: string;
  readonly anchor: LiteralAnchor;
  /** The prompt's text when it was found. */
  readonly base: string;
  /** The text that was accepted. */
  readonly text: string;
  readonly options?: EncodeOptions;
}

/** Both the person and somebody else changed the same lines: the merged text has to be finished by hand. */
export interface WriteBackConflict {
  readonly kind: 'conflict';
  /** With git's conflict markers; for a new document, never for the file. */
  readonly merged: string;
  readonly conflicts: number;
}

/** The prompt is not in the file any more, or cannot be told from another. */
export interface WriteBackLost {
  readonly kind: 'lost';
  readonly reason: string;
}

/** What became of a text that was to be written back; only `edit` may touch the file. */
export type WriteBack = LiteralEdit | EncodeRefusal | WriteBackConflict | WriteBackLost;

/** Finds the prompt again, merges what changed in it meanwhile, and writes the text into it. */
export async function writeBack(
  reader: SourceReader,
  { file, language, anchor, base, text, options }: WriteBackRequest,
): Promise<WriteBack> {
  const place = { start: anchor.start, end: anchor.start + 1 };
  const literal =
    unmoved(file, await reader.touching(file, place, language), anchor) ??
    findAgain(file, await reader.all(file, language), anchor);
  if (!literal) {
    const reason =
      'The prompt is not in the file any more, or is there twice; the file was left as it is.';
    return { kind: 'lost', reason };
  }
  const labels = { mine: 'refined', theirs: 'file' };
  const merged =
    literal.text === base
      ? { text, conflicts: 0 }
      : mergeThreeWay(base, text, literal.text, labels);
  if (merged.conflicts > 0) {
    return { kind: 'conflict', merged: merged.text, conflicts: merged.conflicts };
  }
  return reader.encode(file, literal, language, merged.text, options);
}
