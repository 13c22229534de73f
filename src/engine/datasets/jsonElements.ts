import { DatasetError } from '../core/errors.ts';
import { rowLimit, rowTooLong } from './row.ts';

/** One element of an array as written, and the line where it begins. */
export interface JsonElement {
  readonly line: number;
  readonly text: string;
}

/** Cuts the elements of an array out of a text that comes in pieces. */
export interface ElementCutter {
  cut(chunk: string): Iterable<JsonElement>;
  /** Whether a whole outer object ended without a list of objects in it. */
  holdsNoRows(): boolean;
  /** Position of the bracket that closes the list of rows; -1 before it was seen. */
  listEnd(): number;
  /** Throws where the text ended too early. */
  end(): void;
}

/** The sentence for JSON in which no rows can be found. */
export const noRowList =
  'this is not a list of rows. Write it as [{"input": "…", "expected": "…"}, …] or as JSON Lines.';

/**
 * A cutter for the outer array, or for the first array of objects that an outer object holds. It
 * counts brackets and skips strings; each element is judged by `JSON.parse` afterwards. Throws
 * `DatasetError` that names file and line where brackets or commas are broken.
 */
export function newElementCutter(file: string): ElementCutter {
  let line = 1;
  let depth = 0;
  /** Depth inside the array of rows: 1, or 2 where an object holds it; 0 before it is found. */
  let rowsDepth = 0;
  let ended = false;
  /** Characters of the pieces before this one. */
  let before = 0;
  let listEnd = -1;
  /** Whether an outer object closed before rows were found. */
  let objectEnded = false;
  let inString = false;
  let escaped = false;
  /** The element under way, but for its part in the current piece. */
  let text = '';
  let textLine = 1;
  let commaSeen = false;
  let rows = 0;

  function* cut(chunk: string): Iterable<JsonElement> {
    let start = text === '' ? -1 : 0;
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk.charAt(at);
      if (character === '\n') line++;
      if (inString) {
        readInString(character);
        continue;
      }
      if (isSpace(character)) continue;
      if ((ended || objectEnded) && depth === 0)
        throw fail('text follows after the end of the list.');
      const begun = start >= 0 || text !== '';
      if (rowsDepth === 0) {
        open(character);
      } else if (depth !== rowsDepth || ended) {
        track(character);
      } else if (!begun && rowsDepth === 2 && rows === 0 && character !== '{') {
        // A list of something else, such as tags: the rows may stand in a later one.
        rowsDepth = 0;
        track(character);
      } else if (character === ',' || character === ']') {
        if (begun) {
          rows++;
          yield { line: textLine, text: trimmed(text + chunk.slice(Math.max(0, start), at)) };
        } else if (character === ',' || commaSeen) {
          throw fail(`a row is missing before "${character}".`);
        }
        text = '';
        start = -1;
        commaSeen = character === ',';
        ended = character === ']';
        if (ended) listEnd = before + at;
        track(character);
      } else {
        if (!begun) {
          start = at;
          textLine = line;
        }
        track(character);
      }
    }
    if (start >= 0) text += chunk.slice(start);
    before += chunk.length;
    if (text.length > rowLimit) throw fail(rowTooLong, textLine);
  }

  function readInString(character: string): void {
    if (escaped) escaped = false;
    else if (character === '\\') escaped = true;
    else if (character === '"') inString = false;
  }

  function track(character: string): void {
    if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }

  /** Before the rows: the outer bracket, or what stands in an outer object before them. */
  function open(character: string): void {
    if (depth === 0 && character !== '[' && character !== '{') throw fail(noRowList);
    if (depth === 1 && character === '}') objectEnded = true;
    if (depth <= 1 && character === '[') rowsDepth = depth + 1;
    track(character);
  }

  function end(): void {
    if (ended && depth === 0) return;
    if (rowsDepth === 0) throw fail(noRowList);
    const whole = rows === 1 ? 'one whole row' : `${rows} whole rows`;
    throw fail(`the file ends inside the list, after ${whole}. It may be cut.`);
  }

  function fail(problem: string, at = line): DatasetError {
    return new DatasetError(file, at, problem);
  }

  return { cut, end, holdsNoRows: () => objectEnded, listEnd: () => listEnd };
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}

/** Without the space that JSON allows; `trim` would also take what makes it invalid. */
function trimmed(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
