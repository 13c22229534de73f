import assert from 'node:assert/strict';
import { RequestError } from '../../../src/engine/core/errors.ts';
import { metricList, metricNamed } from '../../../src/engine/metrics/registry.ts';
import { exampleWith } from './exampleWith.ts';

/** The name of the metric that is made, or why it is not. */
function made(name: string): string {
  try {
    return metricNamed(name).name;
  } catch (error) {
    assert.ok(error instanceof RequestError);
    return error.message;
  }
}

describe('Metrics by name', () => {
  it('finds every metric of its own list, under that name', () => {
    const names = metricList().map(metric => metric.name);
    assert.ok(names.length > 28, `${names.length} metrics`);
    for (const { name, description } of metricList()) {
      // Some need an option, such as a pattern or a rubric; their refusal says which.
      assert.match(
        made(name),
        new RegExp(`^(?:${name.replace('++', '..')}$|This metric is written)`, 'u'),
      );
      assert.match(description, /^[A-Z].*\.$/u);
    }
  });

  it('lists what there is for a name that is unknown', () => {
    assert.throws(
      () => metricNamed('acuracy'),
      (error: unknown) => {
        assert.ok(error instanceof RequestError);
        assert.match(
          error.message,
          /^There is no metric called "acuracy"\. There are exact_match, /u,
        );
        return true;
      },
    );
    for (const name of ['', ':ignore_case', '__proto__', 'constructor']) {
      assert.throws(() => metricNamed(name), RequestError, name);
    }
  });

  it('takes the options of exact match behind a colon', async () => {
    const metric = metricNamed('exact_match:ignore_case, ignore_punctuation,ignore_numbers');
    assert.deepEqual(metric.options, {
      ignore_case: 'true',
      ignore_punctuation: 'true',
      ignore_numbers: 'true',
    });
    assert.equal((await metric.score('YES!1', exampleWith('yes'))).value, 1);
    assert.equal((await metric.score('no', exampleWith('yes'))).value, 0);
  });

  it('takes one pattern as the rest of the name, or several as a JSON list', async () => {
    const one = metricNamed('exact_match:ignore_case,regexes_to_ignore=^Answer: |[,:]');
    assert.equal((await one.score('Answer: 1,000', exampleWith('1000'))).value, 1);
    const several = metricNamed('exact_match:regexes_to_ignore=["^Answer: ", "\\\\s+"]');
    assert.equal((await several.score('Answer: a b', exampleWith('ab'))).value, 1);
    const digits = metricNamed('exact_match:regexes_to_ignore=[0-9]');
    assert.equal((await digits.score('a1', exampleWith('a2'))).value, 1);
  });

  it('keeps the whole name, so that figures of other options are never mixed up', () => {
    assert.equal(metricNamed('accuracy:ignore_case').name, 'accuracy:ignore_case');
  });

  it('refuses an option that a metric does not have, and a broken pattern', () => {
    assert.throws(() => metricNamed('accuracy:ignore_numbers'), /It has ignore_case\./u);
    assert.throws(() => metricNamed('token_f1:ignore_case'), /has no options/u);
    assert.throws(() => metricNamed('exact_match:ignore_spaces'), /regexes_to_ignore=PATTERN/u);
    assert.throws(() => metricNamed('exact_match:regexes_to_ignore=('), RequestError);
  });

  it('takes numbers and words of a list as options', async () => {
    const metric = metricNamed('chrf:char_order=2,lowercase');
    assert.deepEqual(metric.options, { char_order: '2', lowercase: 'true' });
    assert.equal((await metric.score('ABC', exampleWith('abc'))).value, 1);
    assert.equal(metricNamed('f1:average=micro,ignore_case').options?.['average'], 'micro');
  });

  it('refuses options that are written wrongly, with how they are written', () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['chrf:char_order=six', /written char_order=NUMBER/u],
      ['chrf:char_order', /written char_order=NUMBER/u],
      ['chrf:lowercase=yes', /is a switch/u],
      ['f1:average=binary', /written average=macro\|weighted\|micro/u],
      ['f1:average=macro,pos_label=yes', /leave average or pos_label/u],
      ['f1:pos_label=', /written pos_label=TEXT/u],
      ['sacrebleu:tokenize=14a', /written tokenize=13a\|intl/u],
      ['wer:__proto__=1', /has no options/u],
      ['exact_match:regexes_to_ignore', /regexes_to_ignore=PATTERN/u],
    ];
    for (const [name, sentence] of wrong) {
      assert.throws(
        () => metricNamed(name),
        (error: unknown) => error instanceof RequestError && sentence.test(error.message),
        name,
      );
    }
  });
});
