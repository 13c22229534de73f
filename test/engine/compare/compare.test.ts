import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compare } from '../../../src/engine/compare/compare.ts';
import { metricTable } from '../../../src/engine/compare/metricTable.ts';
import { textDiff } from '../../../src/engine/compare/textDiff.ts';
import type { TextChange } from '../../../src/engine/core/comparison.ts';
import { noOutcomes, type Score } from '../../../src/engine/core/score.ts';
import { aggregateOf, detectableDifference } from '../../../src/engine/core/statistics.ts';
import type { Measurement, PromptVersion } from '../../../src/engine/core/version.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';

const metric = 'exact_match';

/** A measurement whose rows are right (1) or wrong (0), by row id. */
function measured(
  number: number,
  results: Readonly<Record<string, number>>,
  facts: Partial<Measurement> = {},
): Measurement {
  const scores: Score[] = Object.values(results).map(value => ({ value }));
  return {
    version: { promptName: 'triage', number },
    datasetName: 'tickets.csv',
    datasetFingerprint: 'aaa',
    split: 'test',
    taskModel: 'demo:task',
    measuredAt: '2026-08-22T10:00:00.000Z',
    runId: 'run',
    scorecard: { [metric]: aggregateOf(scores, metricNamed(metric), 1) },
    outcomes: { ...noOutcomes, ok: scores.length },
    rows: Object.fromEntries(
      Object.entries(results).map(([id, value]) => [id, { [metric]: { value } }]),
    ),
    ...facts,
  };
}

function version(number: number, system: string, output = ''): PromptVersion {
  return {
    promptName: 'triage',
    number,
    id: `id-${number}`,
    prompt: { system, output },
    origin: 'typed',
    createdAt: '2026-08-22T10:00:00.000Z',
    metadata: {},
  };
}

const sideOf = (changes: readonly TextChange[], kind: 'removed' | 'added') =>
  changes
    .filter(change => change.kind === 'same' || change.kind === kind)
    .map(change => change.text)
    .join('');

describe('comparing two versions', () => {
  it('shows the words that changed in each component', () => {
    const { system, output, rows } = compare(
      { version: version(1, 'Be brief and kind.'), measurements: [] },
      { version: version(2, 'Be brief and clear.', 'One word.'), measurements: [] },
      metricNamed,
    );
    assert.deepEqual(system, [
      { kind: 'same', text: 'Be brief and ' },
      { kind: 'removed', text: 'kind' },
      { kind: 'added', text: 'clear' },
      { kind: 'same', text: '.' },
    ]);
    assert.deepEqual(output, [{ kind: 'added', text: 'One word.' }]);
    assert.deepEqual(rows, []);
  });

  it('puts both sides and their paired difference on one row', () => {
    const left = measured(1, { a: 1, b: 0, c: 0, d: 0 });
    const right = measured(2, { d: 1, c: 1, b: 1, a: 1 });
    const [row, ...rest] = metricTable([left], [right], metricNamed);
    assert.deepEqual(rest, []);
    assert.ok(row);
    assert.equal(row.metric, metric);
    assert.deepEqual(
      [row.datasetName, row.split, row.taskModel],
      ['tickets.csv', 'test', 'demo:task'],
    );
    assert.deepEqual([row.left?.value, row.right?.value], [0.25, 1]);
    assert.deepEqual([row.difference?.value, row.difference?.count], [0.75, 4]);
    assert.ok((row.difference?.low ?? 9) < 0.75 && (row.difference?.high ?? 0) > 0.75);
  });

  it('says what so many rows could show, where the difference may be none', () => {
    const ids = Array.from({ length: 40 }, (_, at) => `row${at}`);
    const right = (isRight: (at: number) => boolean): Record<string, number> =>
      Object.fromEntries(ids.map((id, at) => [id, Number(isRight(at))]));
    const before = measured(
      1,
      right(at => at < 30),
    );
    const unclear = measured(
      2,
      right(at => at > 1 && at < 34),
    );
    const [row] = metricTable([before], [unclear], metricNamed);
    assert.ok(row?.difference && row.difference.low < 0 && row.difference.high > 0);
    assert.equal(row.detectable, detectableDifference(40, 2 / 40));
    const [clear] = metricTable(
      [before],
      [
        measured(
          2,
          right(at => at < 3),
        ),
      ],
      metricNamed,
    );
    assert.ok(clear?.difference && clear.difference.high < 0);
    assert.equal(clear.detectable, undefined);
  });

  it('gives the same table whatever the order in which rows came back', () => {
    const left = measured(1, { a: 1, b: 0.3, c: 0.9, d: 0 });
    const right = measured(2, { a: 0.2, b: 0.6, c: 1, d: 0.1 });
    const mixed = measured(2, { d: 0.1, c: 1, b: 0.6, a: 0.2 });
    assert.deepEqual(
      metricTable([left], [right], metricNamed)[0]?.difference,
      metricTable([left], [mixed], metricNamed)[0]?.difference,
    );
  });

  const unlike: readonly (readonly [string, Partial<Measurement>, number])[] = [
    ['another dataset', { datasetFingerprint: 'bbb' }, 2],
    ['another split', { split: 'all' }, 2],
    ['another task model', { taskModel: 'demo:other' }, 2],
  ];
  for (const [what, facts, rows] of unlike) {
    it(`has a dash for ${what}: two rows with one side each`, () => {
      const table = metricTable(
        [measured(1, { a: 1 })],
        [measured(2, { a: 0 }, facts)],
        metricNamed,
      );
      assert.equal(table.length, rows);
      for (const row of table) {
        assert.equal(row.difference, undefined);
        assert.equal(Number('left' in row) + Number('right' in row), 1);
      }
    });
  }

  it('has a dash where one side scored a row more, fewer or another', () => {
    const left = measured(1, { a: 1, b: 1 });
    const others: readonly Record<string, number>[] = [
      { a: 1 },
      { a: 1, b: 1, c: 1 },
      { a: 1, z: 1 },
    ];
    for (const rows of others) {
      const [row] = metricTable([left], [measured(2, rows)], metricNamed);
      assert.ok(row?.left && row.right);
      assert.equal(row.difference, undefined);
    }
  });

  it('has a dash where the rows themselves were not kept', () => {
    const bare = { ...measured(2, { a: 1 }), rows: {} };
    const [row] = metricTable([{ ...bare, rows: {} }], [bare], metricNamed);
    assert.ok(row?.left && row.right && !row.difference);
  });

  it('has a dash, and keeps the values, for a metric that no longer exists', () => {
    const gone = (measurement: Measurement): Measurement => ({
      ...measurement,
      scorecard: { gone: { value: 0.5, low: 0, high: 1, count: 1 } },
      rows: { a: { gone: { value: 0.5 } } },
    });
    const [row] = metricTable(
      [gone(measured(1, { a: 1 }))],
      [gone(measured(2, { a: 1 }))],
      metricNamed,
    );
    assert.deepEqual([row?.left?.value, row?.right?.value], [0.5, 0.5]);
    assert.equal(row?.difference, undefined);
  });

  it('takes the newest measurement where the same rows were measured twice', () => {
    const old = measured(1, { a: 0 }, { measuredAt: '2026-08-22T09:00:00.000Z' });
    const table = metricTable([measured(1, { a: 1 }), old], [measured(2, { a: 1 })], metricNamed);
    assert.equal(table.length, 1);
    assert.equal(table[0]?.difference?.value, 0);
  });
});

describe('the word diff', () => {
  it('is exactly both texts, whatever they are', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom('a ', 'b\n', '  ', 'c\r\n', 'é', '.', '日本'), fc.string()))
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = textDiff(before, after);
        assert.equal(sideOf(changes, 'removed'), before);
        assert.equal(sideOf(changes, 'added'), after);
        assert.ok(changes.every(change => change.text !== ''));
      }),
    );
  });

  it('falls back to lines, and then to whole texts, where words take too long', () => {
    const words = (seed: number, count: number) =>
      Array.from({ length: count }, (_, index) => (index * seed * 7919) % 9973).join(' ');
    const before = `same line\n${words(3, 60_000)}\n`;
    const after = `same line\n${words(5, 60_000)}\n`;
    const start = performance.now();
    const changes = textDiff(before, after, 100);
    assert.ok(performance.now() - start < 2_000);
    assert.deepEqual(
      changes.map(change => change.kind),
      ['same', 'removed', 'added'],
    );
    assert.equal(changes[0]?.text, 'same line\n');

    const lines = (seed: number) => words(seed, 60_000).replaceAll(' ', '\n');
    const whole = textDiff(lines(3), lines(5), 1);
    assert.equal(sideOf(whole, 'removed'), lines(3));
    assert.equal(sideOf(whole, 'added'), lines(5));
  });
});
