import { DatasetError } from '../core/errors.ts';
import { textOf } from './decode.ts';
import type { DatasetFile } from './file.ts';
import { jsonCells } from './jsonCells.ts';
import { problemAt, rowLimit, rowTooLong, warningAt, type TableEvent } from './row.ts';

/**
 * A JSON array of objects, or an object that holds one (`{"examples": [...]}`), read row by row.
 * A row that is no object is a problem; broken brackets or commas end the file with an error.
 */
export async function* readJsonArray(
  file: DatasetFile,
  signal?: AbortSignal,
): AsyncGenerator<TableEvent> {
  const columns = new Set<string>();
  for await (const { line, text } of elementsOf(file, signal)) {
    const row = jsonCells(text);
    if ('problem' in row) {
      yield problemAt(line, row.problem);
      continue;
    }
    if (row.warning !== undefined) yield warningAt(line, row.warning);
    const known = columns.size;
    for (const name of row.cells.keys()) columns.add(name);
    if (columns.size > known) yield { kind: 'columns', columns: [...columns] };
    yield { kind: 'row', row: { line, cells: row.cells } };
  }
}

interface Element {
  readonly line: number;
  readonly text: string;
}

const shape =
  'this is not a list of rows. Write it as [{"input": "…", "expected": "…"}, …] or as JSON Lines.';

/** Cuts the elements of the outer array out of the text; each is judged by `JSON.parse` later. */
async function* elementsOf(file: DatasetFile, signal?: AbortSignal): AsyncGenerator<Element> {
  const cutter = newCutter(file.name);
  for await (const chunk of textOf(file, signal)) yield* cutter.cut(chunk);
  cutter.end();
}

function newCutter(name: string) {
  let line = 1;
  let depth = 0;
  /** Depth inside the array of rows: 1, or 2 where an object holds it; 0 before it is found. */
  let rowsDepth = 0;
  let wrapper = false;
  let ended = false;
  let inString = false;
  let escaped = false;
  let text = '';
  let textLine = 1;
  let commaSeen = false;
  let rows = 0;
  const fail = (problem: string, at = line) => new DatasetError(name, at, problem);

  function* cut(chunk: string): Generator<Element> {
    let start = text === '' ? -1 : 0;
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk.charAt(at);
      if (character === '\n') line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (character === '\\') escaped = true;
        else if (character === '"') inString = false;
        continue;
      }
      if (/\s/u.test(character)) continue;
      if (ended) {
        if (depth === 0) throw fail('text follows after the end of the list.');
      } else if (rowsDepth === 0) {
        rowsDepth = open(character);
        if (rowsDepth > 0) {
          depth = rowsDepth;
          continue;
        }
      } else if (depth === rowsDepth) {
        if (character === ',' || character === ']') {
          const body = (text + (start < 0 ? '' : chunk.slice(start, at))).trim();
          if (body !== '') {
            rows++;
            yield { line: textLine, text: body };
          } else if (character === ',' || commaSeen) {
            throw fail(`a row is missing before "${character}".`);
          }
          commaSeen = character === ',';
          text = '';
          start = -1;
          if (character === ']') {
            ended = true;
            depth--;
          }
          continue;
        }
        if (start < 0 && text === '') {
          start = at;
          textLine = line;
        }
      }
      if (character === '"') inString = true;
      else if (character === '{' || character === '[') depth++;
      else if (character === '}' || character === ']') depth--;
    }
    if (start >= 0) text += chunk.slice(start);
    if (text.length > rowLimit) throw fail(rowTooLong, textLine);
  }

  /** Depth of the rows where this character opens their array, else 0. */
  function open(character: string): number {
    if (depth === 0) {
      if (character === '[') return 1;
      if (character !== '{') throw fail(shape);
      wrapper = true;
    } else if (depth === 1 && wrapper) {
      if (character === '[') return 2;
      if (character === '}') throw fail(shape);
    }
    return 0;
  }

  function end(): void {
    if (ended && depth === 0) return;
    if (rowsDepth === 0) throw fail(shape);
    throw fail(
      `the file ends inside the list, after ${rows === 1 ? 'one whole row' : `${rows} whole rows`}. It may be cut.`,
    );
  }

  return { cut, end };
}
