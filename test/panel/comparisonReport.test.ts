import assert from 'node:assert/strict';
import { comparisonReport } from '../../src/panel/comparisonReport.ts';
import { presentVersions } from '../../src/panel/presentVersions.ts';
import { someVersions } from '../support/panelComparisons.ts';

const reportOf = (form: string, more = 1): string =>
  comparisonReport(someVersions(more), `report.${form}`) ?? assert.fail(form);

describe('Two or more versions beside each other', () => {
  it('have one row for each metric, with every version, its difference to the first and the test', () => {
    const { rows, heads, note } = presentVersions(someVersions(2));
    assert.deepEqual(
      heads.map(({ number }) => number),
      [3, 4, 5, 6],
    );
    assert.equal(rows.length, 3);
    assert.deepEqual(
      rows[0]?.versions.map(({ score, difference, test }) => [score, difference, test]),
      [
        ['0.64 [0.53, 0.75] n=80', '–', ''],
        ...Array.from({ length: 3 }, () => [
          '0.78 [0.67, 0.89] n=80',
          '+13.8 points [6.0, 22.0]',
          'p = 0.012, McNemar mid-p',
        ]),
      ],
    );
    assert.match(note, /by luck/);
  });

  it('say what each costs, and a dash where its log is not here', () => {
    assert.deepEqual(presentVersions(someVersions()).costs, [
      { prompt: '~40 tokens', perRow: '212 in, 3 out', usd: '$0.40' },
      { prompt: '~64 tokens', perRow: '–', usd: '–' },
    ]);
  });

  it('show every answer by version, the broken rows first', () => {
    const { answers } = presentVersions(someVersions());
    assert.equal(answers?.kind, 'broken');
    assert.deepEqual(answers.counts, { broken: 2, fixed: 2, all: 8 });
    const unmeasured = presentVersions(someVersions(), { kind: 'all', from: 4 }).answers?.items;
    assert.deepEqual(
      unmeasured?.slice(0, 2).map(({ change, cells }) => [change, cells.map(({ score }) => score)]),
      [
        ['unmeasured', ['not run', '1']],
        ['unmeasured', ['1', 'failed']],
      ],
    );
  });
});

describe('The report of a comparison', () => {
  it('is Markdown with tables and the diff of what was changed', () => {
    const report = reportOf('md');
    assert.match(report, /^# triage v3, v4 and v5$/m);
    assert.match(report, /\| accuracy \| tickets\.csv, test rows \|/);
    assert.match(
      report,
      /^ You sort.*\n-Answer with.*\n\+Answer with.*\n\+A customer who was charged twice.*\n \n \{\{ticket\}\}$/m,
    );
    assert.ok(!report.includes('Output prompt'), 'what did not change is left out');
  });

  it('is CSV with every row, and no text that a spreadsheet would run', () => {
    const [rows = assert.fail(), ...rest] = [someVersions().rows];
    assert.deepEqual(rest, []);
    const [first = assert.fail()] = rows.rows;
    const output = '=HYPERLINK("http://127.0.0.1/","a"), b\nc';
    const cells = [{ outcome: 'ok' as const, value: 1, output }, undefined];
    const report = comparisonReport(
      { ...someVersions(), rows: { ...rows, rows: [{ ...first, cells }] } },
      'a.CSV',
    );
    assert.equal(
      report,
      'row,v3 score,v3 answer,v4 score,v4 answer\r\n' +
        'line 2,1,"\'=HYPERLINK(""http://127.0.0.1/"",""a""), b\nc",,\r\n',
    );
  });

  it('is one page of HTML without script or address, in which text is text', () => {
    const attack = '</pre><script>alert(1)</script><img src="http://127.0.0.1/x" onerror=\'a\'>';
    const { pairs, ...whole } = someVersions();
    const [pair = assert.fail()] = pairs;
    const hostile = {
      ...pair,
      system: [{ kind: 'added' as const, text: attack }],
      rows: pair.rows.map(row => ({ ...row, datasetName: attack })),
    };
    const report = comparisonReport({ ...whole, pairs: [hostile] }, 'x.html') ?? '';
    assert.ok(!/<script|<img|<link|<iframe/i.test(report));
    assert.ok(report.includes('&lt;script&gt;alert(1)'));
    assert.match(report, /default-src 'none'; style-src 'nonce-report'/);
    assert.match(report, /@media print/);
  });

  it('is none for an ending that names no form', () => {
    assert.equal(comparisonReport(someVersions(), 'a.pdf'), undefined);
    assert.equal(comparisonReport(someVersions(), 'constructor'), undefined);
    assert.equal(comparisonReport(someVersions(), 'a.constructor'), undefined);
  });
});
