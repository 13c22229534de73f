import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { DatasetError } from '../../../src/engine/core/errors.ts';
import { dialectOf } from '../../../src/engine/datasets/delimiter.ts';
import { openDataset } from '../../../src/engine/datasets/file.ts';
import type { TableEvent } from '../../../src/engine/datasets/row.ts';
import { readTable } from '../../../src/engine/datasets/table.ts';
import { caseRandom, mutated } from './mutate.ts';
import { written } from './tempFiles.ts';

/** Cases of each of the five kinds where FUZZ_CASES says how many there are to be altogether. */
const cases = Math.ceil(Number(process.env['FUZZ_CASES'] ?? Infinity) / 5);
/** Milliseconds for each kind at most; FUZZ_SECONDS makes it longer. */
const time = 1000 * Number(process.env['FUZZ_SECONDS'] ?? 1);
/** Whether each kind says how many cases it has seen: where somebody asked for more than a sample. */
const tells = process.env['FUZZ_SECONDS'] !== undefined;

type Cells = Record<string, string>;

/** What our reader makes of a file: rows and what it reports, or the error that ends the file. */
interface Reading {
  readonly rows: Cells[];
  readonly reported: number;
  readonly error?: string;
}

async function readingOf(name: string, bytes: Uint8Array): Promise<Reading> {
  const events: TableEvent[] = [];
  const finished = (error?: string): Reading => ({
    rows: events.flatMap(each => (each.kind === 'row' ? [Object.fromEntries(each.row.cells)] : [])),
    reported: events.filter(each => each.kind === 'problem' || each.kind === 'warning').length,
    ...(error === undefined ? {} : { error }),
  });
  try {
    for await (const some of readTable(await openDataset(written(name, bytes))))
      events.push(...some);
    return finished();
  } catch (error) {
    if (error instanceof DatasetError) return finished(error.message);
    throw error;
  }
}

/** The text, or undefined where the bytes are no UTF-8: by Node's decoder, not by ours. */
function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Runs cases until the time is over; a failing one is named, so that it can be run again. */
async function fuzz(
  name: string,
  good: Uint8Array,
  check: (bytes: Buffer, reading: Reading) => void,
): Promise<void> {
  const end = performance.now() + time;
  let number = 0;
  for (; number < cases && performance.now() < end; number++) {
    const bytes = mutated(good, caseRandom(name, number));
    const start = performance.now();
    try {
      const reading = await readingOf(name, bytes);
      check(bytes, reading);
    } catch (error) {
      throw new Error(`case ${number}: ${JSON.stringify(bytes.toString('latin1'))}`, {
        cause: error,
      });
    }
    assert.ok(performance.now() - start < 10_000, `case ${number} took too long`);
  }
  assert.ok(number > 20, `only ${number} cases`);
  if (tells) console.log(`      ${number} cases of ${name}`);
}

const table = [
  { id: '1', input: 'plain', target: 'a' },
  { id: '2', input: 'two\nlines, and "quotes"', target: 'b' },
  { id: '3', input: 'äöü 😀; tab\t|', target: '' },
  { id: '4', input: ' spaces ', target: '1.10' },
];

const csv = Buffer.from(
  `id,input,target\n${table
    .map(row =>
      Object.values(row)
        .map(cell => `"${cell.replaceAll('"', '""')}"`)
        .join(','),
    )
    .join('\n')}\nx,unquoted,c\r\ny,more,d\n`,
);
const jsonl = Buffer.from(table.map(row => `${JSON.stringify(row)}\n`).join(''));
const json = Buffer.from(JSON.stringify(table, undefined, 1));
const yaml = Buffer.from(table.map(row => `- ${JSON.stringify(row)}\n`).join(''));

describe('A file with bytes that are wrong', () => {
  it('as CSV gives the rows that a strict reader gives, or says what is wrong', async () => {
    await fuzz('fuzz.csv', csv, (bytes, reading) => {
      const text = textIn(bytes);
      if (text === undefined) return assert.ok(reading.error, 'bytes that are no text were read');
      if (reading.error !== undefined || reading.reported > 0) return;
      const { delimiter, sepLine } = dialectOf(text, 'csv');
      if (sepLine) return;
      // csv-parse throws at broken quotes, where ours reports: no report means equal rows.
      const records = parse(text, {
        delimiter,
        bom: true,
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
      });
      const blank = (record: readonly string[]): boolean =>
        record.length === 1 && record[0]?.trim() === '';
      const [header = [], ...rows] = records.filter(record => !blank(record));
      assert.deepEqual(
        reading.rows,
        rows.map(row => Object.fromEntries(header.map((name, at) => [name, row[at] ?? '']))),
      );
    });
  }).timeout(3_600_000);

  it('as JSON Lines keeps every line that is right, and reports every other', async () => {
    await fuzz('fuzz.jsonl', jsonl, (bytes, reading) => {
      if (reading.error !== undefined) return;
      if (bytes.toString('latin1').trimStart().startsWith('[')) return;
      const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      const lines = bytes.subarray(start).toString('latin1').split('\n');
      const right: unknown[] = [];
      let wrong = 0;
      for (const line of lines) {
        const text = textIn(Buffer.from(line, 'latin1'));
        if (text?.trim() === '') continue;
        const row = objectIn(line.startsWith('\xef\xbb\xbf') ? undefined : text);
        if (row === undefined) wrong++;
        else right.push(row);
      }
      assert.deepEqual(reading.rows, right);
      assert.ok(reading.reported >= wrong);
    });
  }).timeout(3_600_000);

  it('as JSON gives the rows of JSON.parse, or says what is wrong', async () => {
    await fuzz('fuzz.json', json, (bytes, reading) => {
      const told = reading.error !== undefined || reading.reported > 0;
      const whole = parsed(textIn(bytes));
      if (!Array.isArray(whole)) assert.ok(told || isColumnar(whole), 'nothing was said');
      else if (!told) assert.deepEqual(reading.rows, whole.map(cellsOf));
    });
  }).timeout(3_600_000);

  it('as YAML never breaks the reader', async () => {
    await fuzz('fuzz.yaml', yaml, (bytes, reading) => {
      if (textIn(bytes) === undefined) assert.ok(reading.error);
    });
  }).timeout(3_600_000);
});

describe('A table of any texts', () => {
  const cell = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
  const rows = fc.array(fc.record({ input: cell, target: cell }, { noNullPrototype: true }), {
    minLength: 1,
    maxLength: 5,
  });

  it('is read back exactly from JSON, JSON Lines and CSV', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(rows, async texts => {
        number++;
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const files: readonly (readonly [string, string])[] = [
          ['any.json', JSON.stringify(texts)],
          ['any.jsonl', texts.map(row => JSON.stringify(row)).join('\n')],
          [
            'any.csv',
            `input,target\n${texts.map(row => `${quoted(row.input)},${quoted(row.target)}`).join('\n')}`,
          ],
        ];
        for (const [name, text] of files) {
          assert.deepEqual((await readingOf(name, Buffer.from(text))).rows, texts);
        }
      }),
      {
        interruptAfterTimeLimit: time,
        numRuns: Math.min(cases, 20_000),
        markInterruptAsFailure: false,
      },
    );
    if (tells) console.log(`      ${number} cases of any texts`);
  }).timeout(3_600_000);
});

/** Strings as they are, null missing, all else as JSON: what a cell is, by its definition. */
function cellsOf(row: unknown): Cells {
  return Object.fromEntries(
    Object.entries(row as object).flatMap(([name, value]) => {
      if (value === null) return [];
      return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );
}

function objectIn(text: string | undefined): Cells | undefined {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return cellsOf(value);
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isColumnar(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
