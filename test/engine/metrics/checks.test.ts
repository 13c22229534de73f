import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RequestError, ScoringError } from '../../../src/engine/core/errors.ts';
import type { MetricParts } from '../../../src/engine/metrics/parts.ts';
import { metricRegistry } from '../../../src/engine/metrics/registry.ts';
import { leavesOf } from '../../../src/engine/metrics/jsonText.ts';
import { fieldScore } from '../../../src/engine/metrics/jsonMetrics.ts';
import { lastNumber } from '../../../src/engine/metrics/numericMatch.ts';
import { assertClose } from '../../support/goldenVectors.ts';
import { exampleWith } from './exampleWith.ts';

const parts: MetricParts = { countTokens: text => text.split(' ').length };
const { metricNamed } = metricRegistry(parts);

async function valueOf(metric: string, output: string, expected?: string): Promise<number> {
  return (await metricNamed(metric).score(output, exampleWith(expected))).value;
}

describe('Contains', () => {
  it('finds the expected text, one of several, or a text of its own', async () => {
    assert.equal(await valueOf('contains', 'The label is billing.', 'billing'), 1);
    assert.equal(await valueOf('contains', 'The label is Billing.', 'billing'), 0);
    assert.equal(await valueOf('contains:ignore_case', 'The label is Billing.', 'billing'), 1);
    assert.equal(await valueOf('contains:text=a, b', 'x a, b y'), 1);
    assert.equal(metricNamed('contains:text=a').needs, 'nothing');
    const several = { ...exampleWith('a'), references: ['aaa', 'bbb'] };
    assert.equal((await metricNamed('contains').score('-bbb-', several)).value, 1);
  });
});

describe('JSON metrics', () => {
  it('tell valid JSON from anything around it', async () => {
    assert.equal(await valueOf('json_valid', ' {"a": [1]}\n'), 1);
    assert.equal(await valueOf('json_valid', '"text"'), 1);
    for (const text of ['', 'yes', "{'a': 1}", '{"a": 1,}', 'Here: {"a":1}', '{"a":1} {"b":2}']) {
      assert.equal(await valueOf('json_valid', text), 0, text);
    }
    const fence = '```json\n{"a": 1}\n```';
    assert.equal(await valueOf('json_valid', fence), 0);
    assert.equal(await valueOf('json_valid:fenced', fence), 1);
  });

  it('count the fields that are as expected, whatever the order of keys', async () => {
    const due = '{"name": "Ann", "age": 30, "tags": ["a", "b"]}';
    assert.equal(await valueOf('json_equal', '{"tags":["a","b"],"age":30.0,"name":"Ann"}', due), 1);
    assert.equal(
      await valueOf('json_equal', '{"name":"Ann","age":31,"tags":["a","b"]}', due),
      0.75,
    );
    assert.equal(
      await valueOf('json_equal:tolerance=1', '{"name":"Ann","age":31,"tags":["a","b"]}', due),
      1,
    );
    // Five paths on either side together; a swapped list has two of them wrong, a surplus key one.
    assertClose(
      await valueOf('json_equal', '{"name":"Ann","age":30,"tags":["b","a"],"x":null}', due),
      2 / 5,
      'swapped list and surplus key',
    );
    assert.equal(await valueOf('json_equal', 'Ann, 30', due), 0);
    assert.equal(await valueOf('json_equal', '[]', '{}'), 0);
    assert.equal(await valueOf('json_equal', '{}', '{}'), 1);
  });

  it('say which field differs, and do not score a row whose expected answer is no JSON', async () => {
    const metric = metricNamed('json_equal');
    const { feedback } = await metric.score('{"a":{"b/c":1}}', exampleWith('{"a":{"b/c":"1"}}'));
    assert.equal(feedback, '/a/b~1c is 1 instead of "1".');
    await assert.rejects(metric.score('{}', exampleWith('Ann')), ScoringError);
  });

  it('compare every JSON value with itself as equal, in both directions alike', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        assert.equal(fieldScore(left, left, 0).value, 1);
        assert.equal(fieldScore(left, right, 0).value, fieldScore(right, left, 0).value);
      }),
    );
  });

  it('survive nesting of a hundred thousand levels', async () => {
    const deep = `${'['.repeat(100_000)}1${']'.repeat(100_000)}`;
    const value = await valueOf('json_valid', deep);
    assert.ok(value === 0 || value === 1);
    let nested: unknown = 1;
    for (let level = 0; level < 20_000; level++) nested = [nested];
    assert.equal(leavesOf(nested).size, 1);
  });
});

describe('Numeric tolerance', () => {
  it('takes a number within an absolute or relative distance', async () => {
    assert.equal(await valueOf('numeric', ' 3.50 ', '3.5'), 1);
    assert.equal(await valueOf('numeric', '3.6', '3.5'), 0);
    assert.equal(await valueOf('numeric:tolerance=0.1', '3.6', '3.5'), 1);
    assert.equal(await valueOf('numeric:relative=0.01', '1009', '1000'), 1);
    assert.equal(await valueOf('numeric:relative=0.01', '1011', '1000'), 0);
    assert.equal(await valueOf('numeric', 'about 3.5', '3.5'), 0);
    await assert.rejects(valueOf('numeric', '3', 'three'), ScoringError);
  });

  it('takes the last number of an answer that reasons, if asked to', async () => {
    assert.equal(await valueOf('numeric:last', '2 apples and 1,340 pears make 1,342.', '1342'), 1);
    assert.equal(lastNumber('no number'), undefined);
    assert.equal(lastNumber('-5 and 1e3'), 1000);
    assert.equal(lastNumber('1,23'), 23);
  });
});

describe('Length', () => {
  it('is the rough count of tokens, of which less is better, or a limit', async () => {
    const metric = metricNamed('length');
    const scores = [
      await metric.score('one two three', exampleWith(undefined)),
      await metric.score('one', exampleWith(undefined)),
    ];
    assertClose(metric.shown?.(metric.aggregate(scores)) ?? NaN, 2, 'mean of 3 and 1');
    assert.equal(metric.direction, 'lower');
    assert.equal(await valueOf('length:max=2', 'one two'), 1);
    assert.equal(await valueOf('length:max=2', 'one two three'), 0);
  });
});

describe('Weighted sum', () => {
  it('is the weighted mean of its parts, of rows and of the corpus', async () => {
    const metric = metricNamed('sum:of=3 macro_f1; 1 wer');
    const rows = [
      ['a', 'a'],
      ['b', 'a'],
      ['a', 'b'],
    ] as const;
    const scores = await Promise.all(
      rows.map(([output, expected]) => metric.score(output, exampleWith(expected))),
    );
    const alone = async (name: string): Promise<number> => {
      const part = metricNamed(name);
      const own = await Promise.all(
        rows.map(([output, expected]) => part.score(output, exampleWith(expected))),
      );
      return part.aggregate(own);
    };
    const stored = JSON.parse(JSON.stringify(scores)) as typeof scores;
    assertClose(
      metric.aggregate(stored),
      (3 * (await alone('macro_f1')) + (await alone('wer'))) / 4,
      'corpus',
    );
    assert.equal(scores[0]?.value, 1);
    assert.match(scores[1]?.feedback ?? '', /macro_f1: Expected a, got b\./u);
    assert.equal(metric.needs, 'expected');
  });

  it('is refused where it cannot be read', () => {
    for (const text of ['', 'accuracy', '0 accuracy', '-1 accuracy', '1 accuracy; ', '1 nothing']) {
      assert.throws(() => metricNamed(`sum:of=${text}`), RequestError, text);
    }
    assert.throws(() => metricNamed('sum:of'), RequestError);
    assert.throws(() => metricNamed('sum'), RequestError);
    assert.throws(() => metricNamed('sum:of=1 wer').aggregate([{ value: 1 }]), /holds no part 1/u);
  });
});

describe('Metrics that need more than the answer', () => {
  it('are refused with what is missing, before anything is paid', () => {
    const missing: readonly (readonly [string, RegExp, string | undefined])[] = [
      ['regex:pattern=a', /needs a thread/u, undefined],
      ['json_schema:file=a.json', /no folder is open/u, 'open-folder'],
      ['judge:rubric=Polite?', /needs a judge model/u, 'choose-model'],
      ['custom:file=score.js', /trusted workspace only/u, 'trust-workspace'],
      ['command:run=score', /trusted workspace only/u, 'trust-workspace'],
      ['judge', /written judge:rubric=RUBRIC/u, undefined],
      ['regex', /written regex:pattern=PATTERN/u, undefined],
    ];
    for (const [name, sentence, remedy] of missing) {
      assert.throws(
        () => metricNamed(name),
        (error: unknown) => {
          assert.ok(error instanceof RequestError, name);
          assert.match(error.message, sentence);
          assert.equal(error.remedy, remedy);
          return true;
        },
      );
    }
  });

  it('are made once for a name, so that a thread is not started for every row', () => {
    assert.equal(metricNamed('length:max=3'), metricNamed(' length:max=3'));
  });
});
