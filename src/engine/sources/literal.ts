import type { CallSite } from '../core/callSite.ts';
import type { TextRange } from './range.ts';

/**
 * One step of the map from a literal's source to its text. `start` and `end` are offsets in the
 * file, `end` exclusive; steps follow each other without holes from quote to quote.
 *
 * - `plain`: the source is the text, character by character
 * - `escape`: this source spells this text and cannot be split (`\n`, `{{`, `\u00e9`)
 * - `value`: an interpolation, shown as it is spelled; nothing else may stand for it
 * - `indent`: white space at the begin of a line that the program never sees
 * - `glue`: other source without text: a line continuation, the quotes between two pieces
 */
export interface Unit extends TextRange {
  readonly kind: 'plain' | 'escape' | 'value' | 'indent' | 'glue';
  readonly text: string;
  /** Index of the piece that it stands in; of the piece before it for glue between pieces. */
  readonly piece: number;
}

/** What stands around new text where it is put in: source before, source behind. */
export interface Neighbours {
  readonly before: string;
  readonly after: string;
}

/** How one piece of a literal (most have one) writes text. */
export interface Piece {
  /** Pieces with the same mark are spelled alike: one may be written into the other. */
  readonly mark: string;
  /** Writes text as source; undefined where this piece cannot hold it. */
  spell(text: string, neighbours: Neighbours): string | undefined;
  /** Whether an interpolation may be moved into this piece as it is spelled. */
  holdsValue(raw: string): boolean;
  /** Source that ends this piece and begins another one like it on the next line. */
  readonly nextLine: string | undefined;
}

/** Another literal that can hold a text which the one in the file cannot. */
export interface Alternative {
  /** What it takes the place of; the whole literal where nothing is said. */
  readonly place?: TextRange;
  /** For a button: "Use triple quotes". */
  readonly title: string;
  /** The whole new literal, in place of the old one. */
  readonly source: string;
}

/** A prompt's place in a source file and everything that is needed to put a new text there. */
export interface PromptLiteral extends TextRange {
  /** Id of the host language: `python`, `script`, `yaml`, `json`, `markdown`, `prompty`, `text`. */
  readonly host: string;
  /** For a person: "Python f-string in triple quotes". */
  readonly style: string;
  /** Names of what stands around it, from the file inwards; not always unique. */
  readonly path: string;
  /** The prompt as the program hands it to a model; interpolations as they are spelled. */
  readonly text: string;
  /** What stands between the first quote and the last. */
  readonly inside: TextRange;
  readonly units: readonly Unit[];
  readonly pieces: readonly Piece[];
  /** Indentation that a new line gets; empty where none is taken away. */
  readonly margin: string;
  /** One sentence why this literal is not edited in place. Its text may be empty then. */
  readonly refusal: string | undefined;
  /** One sentence of caution, such as "This is one part of a longer expression.". */
  readonly caution: string | undefined;
  /** How the code fills the placeholders; absent, and undefined, where that cannot be seen. */
  callSite?(): CallSite | undefined;
  /** Other literals for `text`, best first; they are tried before they are offered. */
  alternatives(text: string): readonly Alternative[];
  /** Wholly new spellings of `text` in the same style, tried where the smallest edit fails. */
  respellings(text: string): readonly string[];
}

/** A file that was read as one language. */
export interface OpenSource {
  readonly text: string;
  /** Every literal that touches the range, inner ones first. */
  literalsAt(range: TextRange): readonly PromptLiteral[];
  /** Every literal of the file, in order, for finding one again. */
  allLiterals(): readonly PromptLiteral[];
  /**
   * The structure of the file without what is inside of the range, as numbers that do not depend
   * on how long the range is: equal for two files of which the rest reads the same.
   */
  outline(range: TextRange): readonly number[];
}

/** A host language: reads files, as often as it likes from what it read before. */
export interface HostSyntax {
  open(text: string, previous: OpenSource | undefined): OpenSource;
}
