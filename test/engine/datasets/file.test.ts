import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DatasetError } from '../../../src/engine/core/errors.ts';
import { openDataset } from '../../../src/engine/datasets/file.ts';
import { loaded, written } from './tempFiles.ts';

async function refusal(path: string): Promise<string> {
  try {
    await openDataset(path);
  } catch (error) {
    assert.ok(error instanceof DatasetError);
    return error.message;
  }
  throw new Error(`${path} was not refused.`);
}

describe('What is no dataset', () => {
  it('is refused by its name, with the remedy', async () => {
    const files: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
      ['rows.csv', gzipSync('input,target\na,b\n'), /gzip archive\. Unpack it/u],
      ['rows.csv', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), /old Excel file/u],
      ['rows.parquet', 'input,target\na,b\n', /not a Parquet file .*PAR1/u],
      ['rows.xlsx', 'input,target\na,b\n', /not an Excel workbook/u],
      ['rows.parquet', 'PARE....', /encrypted/u],
      ['rows.csv', 'version https://git-lfs.github.com/spec/v1\n', /git lfs pull/u],
      ['rows.csv', '\n<!DOCTYPE html><html>', /web page/u],
      ['rows.csv', '{"input":"a"}\n', /JSON under another name/u],
      ['rows.csv', '', /the file is empty/u],
      ['rows.jsonl', ' \n\n', /the file is empty/u],
      ['rows.txt', 'a', /\.csv, \.tsv, \.json, \.jsonl, \.yaml/u],
    ];
    for (const [name, content, wanted] of files) {
      assert.match(await refusal(written(name, content)), wanted);
    }
  });

  it('is refused where there is no regular file, without waiting for it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prompt-refiner-file-'));
    try {
      assert.match(await refusal(join(folder, 'absent.csv')), /there is no such file/u);
      assert.match(await refusal('/dev/zero'), /not a regular file/u);
      const link = join(folder, 'loop.csv');
      symlinkSync(link, link);
      assert.match(await refusal(link), /leads back to itself/u);
      assert.match(await refusal(`file://host${folder}/rows.csv`), /there is no such file/u);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('Encodings', () => {
  const table = 'input,target\nä😀,b\n';

  it('reads UTF-8 and UTF-16 with a byte-order mark', async () => {
    const little = Buffer.from(`\ufeff${table}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [Buffer.from(table), Buffer.from(`\ufeff${table}`), little, big]) {
      const { columns, examples } = await loaded('rows.csv', bytes);
      assert.deepEqual(columns, ['input', 'target']);
      assert.equal(examples[0]?.inputs['input'], 'ä😀');
    }
  });

  it('reads UTF-16 in JSONL and JSON too', async () => {
    const row = '{"input":"ä","target":"b"}';
    for (const [name, text] of [
      ['rows.jsonl', `${row}\n${row}\n`],
      ['rows.json', `[${row}]`],
    ] as const) {
      const { examples } = await loaded(name, Buffer.from(`\ufeff${text}`, 'utf16le'));
      assert.equal(examples[0]?.inputs['input'], 'ä');
    }
  });

  it('names the line of a byte that is no text, in a file of many chunks too', async () => {
    const lines = 'abcdefghij,x\n'.repeat(20_000);
    const bytes = Buffer.concat([Buffer.from(`input,target\n${lines}`), Buffer.from([0xe9, 0x0a])]);
    await assert.rejects(loaded('rows.csv', bytes), /rows\.csv, line 20002: .*not UTF-8/u);
  });

  it('reads a character that two chunks share', async () => {
    const text = `input,target\n${'é'.repeat(65_537)},b\n`;
    const { examples } = await loaded('rows.csv', text);
    assert.equal(examples[0]?.inputs['input'], 'é'.repeat(65_537));
  });

  it('refuses UTF-16 without a mark and UTF-16 that is cut', async () => {
    await assert.rejects(loaded('a.csv', Buffer.from(table, 'utf16le')), /UTF-16 without/u);
    const cut = Buffer.from(`\ufeff${table}`, 'utf16le').subarray(0, -1);
    await assert.rejects(loaded('b.csv', cut), /not whole UTF-16/u);
  });
});
