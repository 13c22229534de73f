import assert from 'node:assert/strict';
import {
  columnProblems,
  haveSameColumns,
  suggestColumns,
  takeKept,
  withoutColumns,
} from '../../src/panel/columns.ts';
import { blankForm, readForm } from '../../src/panel/readForm.ts';

describe('Reading the form', () => {
  it('leaves out what the person left out', () => {
    assert.deepEqual(readForm(blankForm()), { settings: {}, mapping: {}, problems: [] });
  });

  it('takes labels and conversations as columns, and labels in place of one right answer', () => {
    const form = { ...blankForm(), inputs: { text: 'a' }, labels: 'tags', messages: 'chat' };
    assert.deepEqual(readForm(form).mapping, {
      inputs: { text: 'a' },
      labels: 'tags',
      messages: 'chat',
    });
    const file = { name: 'a.csv', columns: ['a', 'tags', 'chat'] };
    assert.deepEqual(columnProblems(form, file, ['text']), []);
    assert.equal(columnProblems({ ...form, labels: '' }, file, ['text']).length, 1);
    assert.match(
      columnProblems({ ...form, expected: 'b' }, file, ['text'])[0]?.message ?? '',
      /“b”/,
    );
  });

  it('names a search strategy only where one was chosen', () => {
    assert.equal('strategy' in readForm(blankForm()).settings, false);
    const chosen = { ...blankForm(), strategy: 'squeeze' };
    assert.equal(readForm(chosen).settings.strategy, 'squeeze');
  });

  it('reads numbers as people write them', () => {
    const { settings, problems } = readForm({
      ...blankForm(),
      targetThreshold: '90 %',
      patience: ' 6 ',
      maxIterations: '1,000',
      sampleK: '20',
      budgetUsd: '$2.50',
      budgetTokens: '1,500,000',
      budgetCalls: '1',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(settings, {
      targetThreshold: 0.9,
      patience: 6,
      maxIterations: 1_000,
      sampleK: 20,
      budget: { usd: 2.5, tokens: 1_500_000, calls: 1 },
    });
  });

  it('takes the columns that are kept for the prompt, and completes them by the names', () => {
    const file = { name: 'a.csv', columns: ['a', 'b', 'team'], kept: { inputs: { text: 'b' } } };
    const before = { ...blankForm(), inputs: { text: 'a' }, context: 'a' };
    const taken = takeKept(before, file);
    assert.deepEqual(readForm(taken).mapping, { inputs: { text: 'b' } });
    const whole = suggestColumns(
      taken,
      { ...file, suggested: { inputs: { text: 'a' }, expected: 'team' } },
      ['text'],
    );
    assert.deepEqual(readForm(whole).mapping, { inputs: { text: 'b' }, expected: 'team' });
    assert.equal(takeKept(before, { name: 'a.csv', columns: ['a'] }), before);
    assert.equal(haveSameColumns(before, withoutColumns(before)), false);
    assert.equal(haveSameColumns(blankForm(), withoutColumns(before)), true);
  });

  it('reads shares of the rows, and leaves them to the size where nothing is said', () => {
    const sharesOf = (shares: string) => readForm({ ...blankForm(), shares });
    assert.deepEqual(sharesOf(' 50 / 25% / 25 ').settings.shares, {
      train: 0.5,
      validation: 0.25,
      test: 0.25,
    });
    for (const text of ['', ' ']) {
      assert.deepEqual(sharesOf(text), { settings: {}, mapping: {}, problems: [] });
    }
    for (const text of ['50/25', '50/25/30', '0/50/50', '-50/100/50', 'a/b/c', '40/30/20/10']) {
      const { problems, settings } = sharesOf(text);
      assert.equal(problems[0]?.field, 'shares', text);
      assert.match(problems[0].message, /add up to 100, such as 50\/25\/25/);
      assert.equal('shares' in settings, false);
    }
  });

  it('brings back the numbers that it filled in', () => {
    const settings = { targetThreshold: 0.95, patience: 6, budget: { usd: 0.5, calls: 10 } };
    assert.deepEqual(readForm(blankForm(settings)).settings, settings);
  });

  const wrong: readonly [
    field: 'targetThreshold' | 'patience' | 'budgetUsd' | 'sampleK' | 'repeats',
    text: string,
    sentence: RegExp,
  ][] = [
    ['targetThreshold', '1.5', /up to 1, such as 0\.9/],
    ['targetThreshold', '0', /above 0/],
    ['targetThreshold', '0,9', /with a point: 0\.9/],
    ['patience', 'six', /whole number of 1 or more/],
    ['patience', '1.5', /whole number/],
    ['sampleK', '1e9', /whole number/],
    ['sampleK', '-3', /whole number/],
    ['repeats', '0', /from 1 to 20/],
    ['repeats', '21', /from 1 to 20/],
    ['sampleK', '99999999999999999999', /whole number/],
    ['budgetUsd', 'two dollars', /amount above 0/],
    ['budgetUsd', '0', /amount above 0/],
    ['budgetUsd', 'Infinity', /amount above 0/],
  ];
  for (const [field, text, sentence] of wrong) {
    it(`says at ${field} what is wrong with “${text}”`, () => {
      const { problems, settings } = readForm({ ...blankForm(), [field]: text });
      assert.deepEqual(
        problems.map(problem => problem.field),
        [field],
      );
      assert.match(problems.map(problem => problem.message).join(), sentence);
      assert.deepEqual(settings, {});
    });
  }

  it('maps only the inputs that have a column', () => {
    const { mapping } = readForm({
      ...blankForm(),
      inputs: { ticket: 'text', language: '' },
      expected: 'queue',
    });
    assert.deepEqual(mapping, { inputs: { ticket: 'text' }, expected: 'queue' });
  });
});

describe('Choosing columns', () => {
  const preview = {
    name: 'tickets.csv',
    columns: ['id', 'text', 'queue', 'language'],
    suggested: { inputs: { ticket: 'text' }, expected: 'queue' },
  };

  it('takes what the file makes clear, and a column of the same name', () => {
    const form = suggestColumns(blankForm(), preview, ['ticket', 'language']);
    assert.deepEqual(form.inputs, { ticket: 'text', language: 'language' });
    assert.equal(form.expected, 'queue');
  });

  it('takes the one clear input of the file for the one input of the prompt', () => {
    const plain = { ...preview, suggested: { inputs: { input: 'text' }, expected: 'queue' } };
    assert.deepEqual(suggestColumns(blankForm(), plain, ['question']).inputs, { question: 'text' });
    const two = suggestColumns(blankForm(), plain, ['question', 'context']);
    assert.deepEqual(two.inputs, { question: '', context: '' });
  });

  it('keeps what the person chose as long as the file has it', () => {
    const chosen = { ...blankForm(), inputs: { ticket: 'id' }, expected: 'gone' };
    const form = suggestColumns(chosen, preview, ['ticket']);
    assert.deepEqual(form.inputs, { ticket: 'id' });
    assert.equal(form.expected, 'queue');
  });

  it('asks for a column where nothing is clear', () => {
    const form = suggestColumns(blankForm(), { name: 'a.csv', columns: ['a', 'b'] }, ['ticket']);
    assert.deepEqual(columnProblems(form, { name: 'a.csv', columns: ['a', 'b'] }, ['ticket']), [
      { field: 'inputs.ticket', message: 'Choose the column that fills ticket.' },
      { field: 'expected', message: 'Choose the column with the right answers.' },
    ]);
  });

  it('names the file and the column that is not there', () => {
    const form = { ...blankForm(), inputs: { ticket: 'body' }, expected: 'queue' };
    assert.deepEqual(columnProblems(form, preview, ['ticket']), [
      {
        field: 'inputs.ticket',
        message: 'tickets.csv has no column “body”. Choose the column that fills ticket.',
      },
    ]);
  });

  it('is not fooled by an input with the name of something that every object has', () => {
    const form = suggestColumns(blankForm(), preview, ['constructor', '__proto__']);
    assert.equal(columnProblems(form, preview, ['constructor', '__proto__']).length, 2);
  });
});
