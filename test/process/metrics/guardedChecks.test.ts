import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError, RequestError, ScoringError } from '../../../src/engine/core/errors.ts';
import { metricRegistry } from '../../../src/engine/metrics/registry.ts';
import { guardedChecks } from '../../../src/engine/workers/guardedChecks.ts';
import { exampleWith } from '../../engine/metrics/exampleWith.ts';

const checks = guardedChecks({ taskMs: 500 });
const { metricNamed } = metricRegistry({ checks });
const row = exampleWith(undefined);

describe('Patterns of a person', () => {
  it('are Python’s and are found anywhere in an answer, every time', async () => {
    const metric = metricNamed('regex:pattern=(?i)^answer:\\s*\\d+$');
    for (let time = 0; time < 3; time++) {
      assert.equal((await metric.score('ANSWER: 42\n', row)).value, 1);
    }
    const { value, feedback } = await metric.score('42', row);
    assert.equal(value, 0);
    assert.match(feedback ?? '', /does not match the pattern/u);
  });

  it('that are broken are refused by name before anything is paid', () => {
    for (const pattern of ['(', '[', '\\', 'a{2,1}', '*a', '(?P<n>a)(?P<n>b)']) {
      assert.throws(
        () => metricNamed(`regex:pattern=${pattern}`),
        (error: unknown) => error instanceof RequestError && error.message.includes(pattern),
        pattern,
      );
    }
  });

  it('that explode cost their row only, and the event loop stays free', async () => {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const text = `${'a'.repeat(40)}!`;
    for (const pattern of ['^(a+)+$', '^(a|aa)+$', '(.*)*x$']) {
      const metric = metricNamed(`regex:pattern=${pattern}`);
      const start = performance.now();
      await assert.rejects(metric.score(text, row), (error: unknown) => {
        assert.ok(error instanceof ScoringError);
        assert.match(error.message, /longer than 0\.5 s/u);
        return true;
      });
      assert.ok(performance.now() - start < 3000);
      assert.equal((await metricNamed('regex:pattern=b').score('abc', row)).value, 1);
    }
    delay.disable();
    // The thread spun for a second and a half; this one did not wait for it.
    assert.ok(delay.percentile(90) / 1e6 < 200, `${delay.percentile(90) / 1e6} ms`);
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    const metric = metricNamed('regex:pattern=^(a+)+$');
    const judged = metric.score(`${'a'.repeat(40)}!`, row, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(judged, CancelledError);
  });

  it('that are only found too large when they are used are refused by the check', async () => {
    const metric = metricNamed(`regex:pattern=${'x'.repeat(1_000_000)}`);
    await assert.rejects(metric.check?.() ?? Promise.resolve(), RequestError);
  });

  it('of exact match cost their row only too', async () => {
    const metric = metricNamed('exact_match:regexes_to_ignore=^(a+)+$');
    await assert.rejects(metric.score(`${'a'.repeat(40)}!`, exampleWith('x')), ScoringError);
    const fine = metricNamed('exact_match:ignore_case,regexes_to_ignore=["^answer: ", "[.!]$"]');
    assert.equal((await fine.score('answer: Yes!', exampleWith('YES.'))).value, 1);
  });

  it('remove their matches one after the other', async () => {
    const patterns = [
      { source: '^Answer: ', flags: 'gu' },
      { source: '\\s+', flags: 'gu' },
    ];
    assert.equal(await checks.without(patterns, 'Answer: a b'), 'ab');
  });
});

describe('JSON schema', () => {
  const folder = mkdtempSync(join(tmpdir(), 'metric-schema-'));
  const registry = metricRegistry({
    checks,
    readText: path => readFileSync(join(folder, path), 'utf8'),
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is fitted, or every place that does not fit is named', async () => {
    const schema = {
      type: 'object',
      required: ['name', 'age'],
      properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
      additionalProperties: false,
    };
    writeFileSync(join(folder, 'person.json'), JSON.stringify(schema));
    const metric = registry.metricNamed('json_schema:file=person.json');
    await metric.check?.();
    assert.deepEqual(await metric.score('{"name": "Ann", "age": 30}', row), { value: 1 });
    const wrong = await metric.score('{"name": 7, "age": -1, "x": 1}', row);
    assert.equal(wrong.value, 0);
    assert.match(wrong.feedback ?? '', /\/name must be string/u);
    assert.match(wrong.feedback ?? '', /\/age must be >= 0/u);
    assert.match(wrong.feedback ?? '', /additional properties/u);
    assert.match((await metric.score('Ann', row)).feedback ?? '', /is no JSON/u);
    const fenced = registry.metricNamed('json_schema:fenced,file=person.json');
    assert.equal((await fenced.score('```\n{"name":"A","age":1}\n```', row)).value, 1);
  });

  it('that is none is refused before anything is paid', async () => {
    for (const [name, text] of [
      ['broken.json', '{'],
      ['unknown.json', '{"type": "text"}'],
      ['reference.json', '{"$ref": "#/nowhere"}'],
    ] as const) {
      writeFileSync(join(folder, name), text);
      const metric = registry.metricNamed(`json_schema:file=${name}`);
      await assert.rejects(metric.check?.() ?? Promise.resolve(), RequestError, name);
    }
  });

  it('with a pattern that explodes costs its row only', async () => {
    writeFileSync(join(folder, 'slow.json'), '{"type":"string","pattern":"^(a+)+$"}');
    const metric = registry.metricNamed('json_schema:file=slow.json');
    await assert.rejects(metric.score(JSON.stringify(`${'a'.repeat(40)}!`), row), ScoringError);
    assert.equal((await metric.score('"aaa"', row)).value, 1);
  });
});
