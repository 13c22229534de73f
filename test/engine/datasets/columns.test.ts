import assert from 'node:assert/strict';
import { describeColumns } from '../../../src/engine/datasets/describeColumns.ts';
import { labelsIn, listIn, messagesIn } from '../../../src/engine/datasets/cellForms.ts';
import { previewDataset } from '../../../src/engine/datasets/preview.ts';
import { splitExamples } from '../../../src/engine/datasets/split.ts';
import { loaded, written } from './tempFiles.ts';

describe('What a column holds', () => {
  it('is told by the type of its cells, with counts', () => {
    const rows = [
      { id: '1', label: 'a', when: '2026-01-02', ok: 'true', list: '["x"]', text: 'hello', n: '1' },
      {
        id: '2',
        label: 'b',
        when: '2026-01-02T03:04:05Z',
        ok: 'False',
        list: '[]',
        text: '{',
        n: '1.5',
      },
      { id: '007', label: 'a', when: '', ok: 'true', list: '[1]', text: '3' },
    ];
    const columns = ['id', 'label', 'when', 'ok', 'list', 'text', 'n', 'none'];
    const described = describeColumns(columns, rows as Record<string, string>[]);
    assert.deepEqual(
      described.map(({ name, type, filled, empty }) => [name, type, filled, empty]),
      [
        ['id', 'text', 3, 0],
        ['label', 'text', 3, 0],
        ['when', 'date', 2, 1],
        ['ok', 'boolean', 3, 0],
        ['list', 'list', 3, 0],
        ['text', 'text', 3, 0],
        ['n', 'number', 2, 1],
        ['none', 'empty', 0, 3],
      ],
    );
    assert.deepEqual(described[1]?.values, [
      { text: 'a', count: 2 },
      { text: 'b', count: 1 },
    ]);
    assert.equal(described[5]?.longest, 5);
  });

  it('stays bounded for a column of many texts', () => {
    const rows = Array.from({ length: 3000 }, (_, at) => ({ text: `row ${at}` }));
    const [column] = describeColumns(['text'], rows);
    assert.deepEqual([column?.distinct, column?.distinctIsBound], [1001, true]);
    assert.equal('values' in (column ?? {}), false);
  });

  it('is part of the preview, and of a dataset where it is asked for', async () => {
    const table = 'input,target\na,yes\nb,no\nc,yes\n';
    const preview = await previewDataset(written('rows.csv', table));
    assert.deepEqual(
      preview.described?.map(column => column.type),
      ['text', 'text'],
    );
    assert.deepEqual((await loaded('rows.csv', table, { describe: true })).described?.[1]?.values, [
      { text: 'yes', count: 2 },
      { text: 'no', count: 1 },
    ]);
    assert.equal('described' in (await loaded('rows.csv', table)), false);
  });
});

describe('Lists in cells', () => {
  it('are texts, numbers as they are written, or SQuAD’s answers', () => {
    assert.deepEqual(listIn('["a", 1.10, true]'), ['a', '1.10', 'true']);
    assert.deepEqual(listIn('{"text": ["a", "b"], "answer_start": [1, 2]}'), ['a', 'b']);
    for (const other of ['a', '[1', '[["a"]]', '{"a": 1}', ''])
      assert.equal(listIn(other), undefined);
    assert.deepEqual(labelsIn('["b","a","b"]'), ['a', 'b']);
    assert.deepEqual(labelsIn('b; a'), ['a', 'b']);
    assert.deepEqual(labelsIn(''), []);
    assert.equal(messagesIn('[{"role":"user"}]'), undefined);
  });
});

describe('Columns beside input and expected answer', () => {
  it('are suggested where both name and content fit', async () => {
    const lines = [
      { input: 'q', target: 'a', targets: ['a', 'b'], context: 'book', split: 'dev' },
      { input: 'r', target: 'c', targets: ['c'], context: 'page', split: 'Test' },
    ].map(each => JSON.stringify(each));
    const { mapping, examples } = await loaded('rows.jsonl', lines.join('\n'));
    assert.deepEqual(mapping, {
      inputs: { input: 'input' },
      references: 'targets',
      context: 'context',
      split: 'split',
      expected: 'target',
    });
    const { id: _, ...first } = examples[0] ?? { id: '' };
    assert.deepEqual(first, {
      inputs: { input: 'q' },
      expected: 'a',
      references: ['a', 'b'],
      context: 'book',
      split: 'validation',
      origin: 'file',
      line: 1,
    });
    assert.equal(examples[1]?.split, 'test');
  });

  it('hold notes of people, which are no part of what a row is', async () => {
    const table = (note: string) => `input,target,reviewer_notes,notes\nq,a,${note},mine\nr,b,,\n`;
    const plain = await loaded('rows.csv', table(''));
    const noted = await loaded('rows.csv', table('  see rule 3 '));
    assert.equal(noted.mapping.note, 'reviewer_notes');
    assert.deepEqual(
      noted.examples.map(({ note }) => note),
      ['see rule 3', undefined],
    );
    assert.deepEqual(
      noted.examples.map(({ id }) => id),
      plain.examples.map(({ id }) => id),
    );
    assert.equal(noted.fingerprint, plain.fingerprint);
    const named = await loaded('rows.csv', 'input,target,notes\nq,a,mine\n');
    assert.equal(named.mapping.note, undefined, 'nobody said that these are to be sent');
  });

  it('are not taken by the name alone: a list under "target" is the answer itself', async () => {
    const { examples } = await loaded('rows.jsonl', '{"input":"q","target":["a"],"answers":"one"}');
    const [example] = examples;
    assert.deepEqual([example?.expected, example?.references], ['["a"]', undefined]);
  });

  it('give sets of labels, also from text, and their text as the expected answer', async () => {
    const text = '{"text":"q","labels":["refund","card","refund"]}\n{"text":"r","labels":[]}';
    const { examples } = await loaded('rows.jsonl', text);
    assert.deepEqual(
      examples.map(({ labels, expected }) => [labels, expected]),
      [
        [['card', 'refund'], 'card, refund'],
        [[], ''],
      ],
    );
    const mapping = { labels: 'topics' };
    const chosen = await loaded('rows.csv', 'input,topics\nq,"b, a"\n', { mapping });
    assert.deepEqual(chosen.examples[0]?.labels, ['a', 'b']);
  });

  it('say that the answer is none where the list of references is empty', async () => {
    const text = '{"question":"q","answers":{"text":[],"answer_start":[]}}';
    const { examples, warnings } = await loaded('rows.jsonl', text);
    assert.deepEqual([examples[0]?.expected, examples[0]?.references], ['', ['']]);
    assert.match(warnings?.[0]?.message ?? '', /is empty/u);
  });

  it('count in a row’s identity, but for its split', async () => {
    const table = (refs: string, split: string): string =>
      `input,target,refs,split\nq,a,"[""a""${refs}]",${split}\n`;
    const load = async (refs: string, split: string) => {
      const mapping = { references: 'refs' };
      return (await loaded('rows.csv', table(refs, split), { mapping })).fingerprint;
    };
    assert.notEqual(await load('', 'train'), await load(',""b""', 'train'));
    assert.equal(await load('', 'train'), await load('', 'test'));
  });

  it('warn of a word that names no split', async () => {
    const mapping = { split: 'part' };
    const { warnings } = await loaded('rows.csv', 'input,target,part\nq,a,third\n', { mapping });
    assert.match(warnings?.[0]?.message ?? '', /"part" names no split/u);
  });
});

describe('Splits that are asked for', () => {
  const rows = Array.from({ length: 300 }, (_, at) => ({
    id: `${at}`,
    inputs: { input: `row ${at}` },
    expected: at < 8 ? 'rare' : 'usual',
    origin: 'file' as const,
    line: at + 2,
  }));

  it('win over the hash where the file names them', () => {
    const named = rows.map(each => ({ ...each, split: 'test' as const }));
    const parts = splitExamples(named);
    assert.deepEqual([parts.train.length, parts.test.length], [0, 300]);
  });

  it('take their shares', () => {
    const parts = splitExamples(rows, { shares: { train: 0.8, validation: 0.1, test: 0.1 } });
    assert.ok(parts.test.length < 60, String(parts.test.length));
    assert.ok(Math.abs(parts.train.length - 240) < 25, String(parts.train.length));
    assert.throws(
      () => splitExamples(rows, { shares: { train: 1, validation: 1, test: 0 } }),
      /add up to 100/u,
    );
  });

  it('each hold every label that six rows have', () => {
    for (const salt of Array.from({ length: 200 }, (_, at) => `salt ${at}`)) {
      const parts = splitExamples(rows, { salt });
      for (const part of Object.values(parts)) {
        assert.ok(
          part.some(each => each.expected === 'rare'),
          salt,
        );
      }
    }
  });
});
