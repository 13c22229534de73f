import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePromptFile, type OptimizeRequest } from '../../src/engine/index.ts';
import { examplesFolder, wholeEngine, wholeRun } from '../support/wholeEngine.ts';

const prompt = parsePromptFile(readFileSync(join(examplesFolder, 'prompt.md'), 'utf8'));

function table(rows: readonly string[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'breakdown-')), 'rows.csv');
  writeFileSync(path, `${rows.join('\n')}\n`);
  return path;
}

function requestFor(dataset: string, more: Partial<OptimizeRequest> = {}): OptimizeRequest {
  return { promptName: 'triage', prompt, dataset, metrics: ['accuracy', 'cer'], ...more };
}

describe('A breakdown of a run', () => {
  it('tells of the original and of the best prompt on the same test rows', async () => {
    const engine = wholeEngine();
    const { state } = await wholeRun(
      engine.optimize(requestFor('tickets.csv', { settings: { maxIterations: 4 } })),
    );
    const runId = state.header?.runId ?? '';
    const [before, after] = await Promise.all([
      engine.breakdown({ runId, of: 'original', slices: ['label'] }),
      engine.breakdown({ runId, slices: ['label'] }),
    ]);
    const right = (counts: readonly (readonly number[])[] = []): number =>
      counts.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
    const { claim } = state;
    assert.ok(claim);
    const share = (value: number | undefined, rows: number): number => (value ?? -1) * rows;
    assert.equal(
      right(before.confusion?.counts),
      Math.round(share(claim.original['accuracy']?.value, before.rows)),
    );
    assert.equal(
      right(after.confusion?.counts),
      Math.round(share(claim.best['accuracy']?.value, after.rows)),
    );
    assert.equal(before.rows, after.rows);
  });

  it('counts labels, slices by any column, and names the worst rows', async () => {
    const engine = wholeEngine();
    const asked = requestFor('tickets.csv', { slices: ['label'] });
    const { state } = await wholeRun(engine.evaluate(asked));
    const runId = state.header?.runId ?? '';
    const { confusion, slices, worst, rows, metric, detectable } = await engine.breakdown({
      runId,
      worst: 3,
    });
    const scored = state.evaluations[0]?.rollouts.filter(({ outcome }) => outcome === 'ok') ?? [];
    const wrong = scored.filter(({ scores }) => scores['accuracy']?.value === 0);
    assert.equal(metric, 'accuracy');
    assert.equal(rows, scored.length);

    assert.ok(detectable !== undefined && detectable > 0.05 && detectable < 0.12, `${detectable}`);
    assert.equal(confusion?.metric, 'accuracy');
    const diagonal = confusion.counts.map((row, at) => row[at] ?? 0);
    const right = diagonal.reduce((sum, count) => sum + count, 0);
    assert.equal(right, scored.length - wrong.length);
    const all = [...confusion.counts.flat(), ...confusion.others];
    assert.equal(
      all.reduce((sum, count) => sum + count, 0),
      scored.length,
    );

    assert.deepEqual(
      slices.map(({ value }) => value).sort(),
      [...confusion.labels].sort(),
      'the labels are the values of that column',
    );
    for (const { value, rows: count, scorecard } of slices) {
      const at = confusion.labels.indexOf(value ?? '');
      const own: number = (confusion.counts[at] ?? []).reduce((sum, each) => sum + each, 0);
      assert.equal(count, own + (confusion.others[at] ?? 0));
      assert.ok(
        Math.abs((scorecard['accuracy']?.value ?? 2) - (diagonal[at] ?? 0) / count) < 1e-12,
      );
      assert.equal(scorecard['cer']?.shown?.direction, 'lower');
    }
    assert.deepEqual(
      worst.map(({ line }) => line),
      wrong
        .map(({ line = 0 }) => line)
        .sort((left, right) => left - right)
        .slice(0, 3),
    );
    assert.ok(worst.every(({ value, expected, output }) => value === 0 && expected !== output));
  });

  it('puts the rarer values of a column together, and empty cells under an empty value', async () => {
    const engine = wholeEngine();
    const lines = Array.from({ length: 30 }, (_, at) => `ticket ${at},billing,c${at}`);
    const more = ['one more,billing,c0', 'and one,billing,', 'and two,billing,'];
    const dataset = table(['ticket,label,customer', ...lines, ...more]);
    const { state } = await wholeRun(engine.evaluate(requestFor(dataset)));
    const runId = state.header?.runId ?? '';
    const { slices } = await engine.breakdown({ runId, slices: ['customer'] });
    assert.equal(slices.length, 21);
    assert.deepEqual(
      slices.slice(0, 2).map(({ value, rows }) => [value, rows]),
      [
        ['c0', 2],
        ['', 2],
      ],
    );
    assert.deepEqual(slices.at(-1)?.value, undefined);
    assert.equal(
      slices.reduce((sum, { rows }) => sum + rows, 0),
      33,
    );
    assert.deepEqual((await engine.breakdown({ runId })).slices, []);
  });

  it('has no matrix where the answers are texts or no metric is of labels', async () => {
    const engine = wholeEngine();
    const lines = Array.from({ length: 60 }, (_, at) => `ticket ${at},answer ${at}`);
    const dataset = table(['ticket,label', ...lines]);
    for (const metrics of [['accuracy'], ['cer']]) {
      const { state } = await wholeRun(engine.evaluate(requestFor(dataset, { metrics })));
      const shown = await engine.breakdown({ runId: state.header?.runId ?? '' });
      assert.equal(shown.confusion, undefined);
    }
  });

  it('refuses a column that is not there before anything is sent', async () => {
    const engine = wholeEngine();
    const wrong = requestFor('tickets.csv', { slices: ['labels'] });
    await assert.rejects(engine.estimate(wrong, 'evaluate'), /no column "labels".*mean "label"/);
    assert.deepEqual(await engine.runs(), []);
  });

  it('is of the returned prompt on the test rows after a search', async () => {
    const engine = wholeEngine();
    const search = requestFor('tickets.csv', { settings: { maxIterations: 2 } });
    const { state } = await wholeRun(engine.optimize(search));
    const { rows } = await engine.breakdown({ runId: state.header?.runId ?? '' });
    assert.equal(rows, state.header?.rows.test);
  });
});
