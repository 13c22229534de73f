import assert from 'node:assert/strict';
import { DatasetError } from '../../../src/engine/core/errors.ts';
import { resolveMapping, suggestMapping } from '../../../src/engine/datasets/mapping.ts';
import { previewDataset } from '../../../src/engine/datasets/preview.ts';
import { written } from './tempFiles.ts';

describe('Suggested columns', () => {
  it('have the placeholder’s name, exactly or but for case and underscores', () => {
    assert.deepEqual(suggestMapping(['Ticket Text', 'label'], ['ticket_text'], true), {
      inputs: { ticket_text: 'Ticket Text' },
      expected: 'label',
    });
    assert.deepEqual(suggestMapping(['Text', 'text', 'target'], ['text'], true)?.inputs, {
      text: 'text',
    });
  });

  it('take the usual names for the expected answer, and none that is an input', () => {
    for (const name of [
      'expected',
      'Target',
      'label',
      'answer',
      'output',
      'completion',
      'reference',
    ]) {
      assert.equal(suggestMapping(['input', name], ['input'], true)?.expected, name);
    }
    assert.equal(suggestMapping(['answer', 'target'], ['answer'], true)?.expected, 'target');
  });

  it('take the only other column for a prompt without placeholders, ids left aside', () => {
    assert.deepEqual(suggestMapping(['id', 'complaint', 'target'], [], true), {
      inputs: { input: 'complaint' },
      expected: 'target',
    });
    assert.equal(
      suggestMapping(['a', 'question', 'target'], [], true)?.inputs['input'],
      'question',
    );
  });

  it('are left to the person where names do not make it clear', () => {
    assert.equal(suggestMapping(['a', 'b', 'target'], [], true), undefined);
    assert.equal(suggestMapping(['a', 'b'], ['c', 'd'], false), undefined);
    assert.equal(suggestMapping(['input', 'other'], ['input'], true), undefined);
    assert.equal(suggestMapping(['INPUT', 'Input', 'target'], ['in_put'], true), undefined);
  });

  it('need no expected answer where none is needed', () => {
    assert.deepEqual(suggestMapping(['input'], ['input'], false), { inputs: { input: 'input' } });
  });
});

describe('Chosen columns', () => {
  const columns = ['id', 'body', 'subject', 'queue'];

  it('win over names, and names make up the rest', () => {
    assert.deepEqual(
      resolveMapping(
        't.csv',
        columns,
        { inputNames: ['subject', 'text'], needsExpected: true },
        {
          inputs: { text: 'body' },
          expected: 'queue',
        },
      ),
      { inputs: { text: 'body', subject: 'subject' }, expected: 'queue' },
    );
  });

  it('named "input" feed the one placeholder that is open', () => {
    const chosen = { inputs: { input: 'body' }, expected: 'queue' };
    const needs = { inputNames: ['ticket'], needsExpected: true };
    assert.deepEqual(resolveMapping('t.csv', columns, needs, chosen).inputs, { ticket: 'body' });
  });

  it('that are not there are named, with the closest and all others', () => {
    const needs = { inputNames: [], needsExpected: true };
    assert.throws(
      () => resolveMapping('t.csv', columns, needs, { expected: 'queues' }),
      (error: unknown) => {
        assert.ok(error instanceof DatasetError);
        assert.equal(error.remedy, 'choose-columns');
        assert.equal(
          error.message,
          't.csv: there is no column "queues". Did you mean "queue"? ' +
            'The columns are "id", "body", "subject", "queue".',
        );
        return true;
      },
    );
    assert.throws(
      () => resolveMapping('t.csv', columns, needs, { expected: '__proto__' }),
      /there is no column "__proto__"\. The columns/u,
    );
  });

  it('are asked for with the options that name them', () => {
    const needs = { inputNames: ['ticket', 'tone'], needsExpected: true };
    assert.throws(
      () => resolveMapping('t.csv', columns, needs),
      (error: unknown) => {
        assert.ok(error instanceof DatasetError);
        assert.match(
          error.message,
          /which column holds \{\{ticket\}\} and \{\{tone\}\} and the exp/u,
        );
        assert.match(error.message, /--input COLUMN and --target COLUMN/u);
        return true;
      },
    );
  });
});

describe('A preview', () => {
  it('shows the first rows as written, the columns and the clear mapping', async () => {
    const rows = Array.from({ length: 300 }, (_, row) => `${row},"text ${row}",x`).join('\n');
    const path = written('many.csv', `id,text,label\n${rows}\nbroken\n`);
    const preview = await previewDataset(path);
    assert.equal(preview.name, 'many.csv');
    assert.deepEqual(preview.columns, ['id', 'text', 'label']);
    assert.equal(preview.rows.length, 5);
    assert.deepEqual(preview.rows[0], { id: '0', text: 'text 0', label: 'x' });
    assert.deepEqual(preview.suggested, { inputs: { input: 'text' }, expected: 'label' });
  });

  it('shows no mapping where a person has to choose, and the problems of the first rows', async () => {
    const path = written('odd.jsonl', '{"a":"1","b":"2"}\nnonsense\n{"a":"3","c":"4"}\n');
    const preview = await previewDataset(path, { inputNames: ['x', 'y'] });
    assert.deepEqual(preview.columns, ['a', 'b', 'c']);
    assert.equal('suggested' in preview, false);
    assert.deepEqual(
      preview.problems.map(problem => problem.line),
      [2],
    );
  });

  it('of a file without rows is an error with the reason', async () => {
    await assert.rejects(previewDataset(written('head.csv', 'a,b\n')), /there are no rows in it/u);
    await assert.rejects(
      previewDataset(written('bad.jsonl', 'x\ny\n')),
      /bad\.jsonl, line 1: this is not valid JSON .*The other rows cannot be used either/u,
    );
  });
});
