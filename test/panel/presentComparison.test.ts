import assert from 'node:assert/strict';
import { presentComparison } from '../../src/panel/presentComparison.ts';
import { someComparison } from '../support/panelComparisons.ts';

describe('A comparison of two versions', () => {
  it('shows every metric with n, interval and paired difference', () => {
    const { rows } = presentComparison(someComparison());
    assert.deepEqual(rows[0], {
      metric: 'accuracy',
      rows: 'tickets.csv, test rows',
      taskModel: 'demo:task',
      simulated: true,
      left: '0.64 [0.53, 0.75] n=80',
      right: '0.78 [0.67, 0.89] n=80',
      difference: '+13.8 points [6.0, 22.0]',
      direction: 'better',
      test: 'p = 0.012, McNemar mid-p',
    });
  });

  it('does not call a difference better whose interval holds nothing', () => {
    assert.equal(presentComparison(someComparison()).rows[1]?.direction, 'unclear');
  });

  it('says how small a difference so many rows would show, where one may be none', () => {
    const [first = assert.fail()] = someComparison().rows;
    const difference = { value: 0.025, low: -0.04, high: 0.09, count: 80 };
    const noteWith = (detectable: number): string =>
      presentComparison(someComparison({ rows: [{ ...first, difference, detectable }] })).note;
    assert.match(
      noteWith(0.1034),
      / Of accuracy, 80\s?rows would show a difference of 10\.3\s?points or more in four of five cases\.$/u,
    );
    assert.match(noteWith(1), / 80\s?rows are too few to show any difference of accuracy\.$/u);
    assert.doesNotMatch(presentComparison(someComparison()).note, /would show|too few/);
  });

  it('shows a dash where a version was not measured on the same rows', () => {
    const row = presentComparison(someComparison()).rows[2];
    assert.deepEqual([row?.right, row?.difference, row?.direction], ['–', '–', 'unknown']);
  });

  it('says so where nothing was measured, or nothing on the same rows', () => {
    const comparison = someComparison();
    assert.match(presentComparison({ ...comparison, rows: [] }).note, /measured yet/);
    const { difference: _, ...unpaired } = comparison.rows[0] ?? assert.fail();
    assert.match(
      presentComparison({ ...comparison, rows: [unpaired] }).note,
      /not measured on the same rows/,
    );
  });

  it('shows the word diff of each component and says which one is the same', () => {
    const { components } = presentComparison(someComparison());
    assert.deepEqual(
      components.map(({ title, changed }) => [title, changed]),
      [
        ['System prompt', true],
        ['Output prompt', false],
      ],
    );
    const empty = presentComparison(someComparison({ output: [] }));
    assert.deepEqual(
      empty.components.map(({ title }) => title),
      ['System prompt'],
    );
  });

  it('heads each side with where it came from and when', () => {
    const { right } = presentComparison(someComparison());
    assert.deepEqual(right, {
      number: 4,
      title: 'triage v4',
      origin: 'Optimized',
      createdAt: '2026-11-19 10:14 UTC',
      note: 'Winner of run 2026-11-20-7f3a',
    });
  });
});
