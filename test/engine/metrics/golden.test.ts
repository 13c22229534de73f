import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../../../scripts/vectors/judge.ts';
import { computations } from '../../../scripts/vectors/computations.ts';
import { goldenVectors } from '../../support/goldenVectors.ts';

const folder = join(import.meta.dirname, '../../fixtures/golden');
const families = readdirSync(folder)
  .filter(file => file.endsWith('.json') && file !== 'index.json')
  .map(file => file.slice(0, -'.json'.length));

describe('Golden vectors', () => {
  let passed = 0;
  const excepted = new Map<string, number>();
  for (const family of families) {
    it(`agree with our ${family.replaceAll('_', ' ')}`, () => {
      const failures: string[] = [];
      for (const vector of goldenVectors(family)) {
        const { result, why = '' } = judge(vector);
        if (result === 'passed') passed++;
        else if (result === 'excepted') excepted.set(why, (excepted.get(why) ?? 0) + 1);
        else failures.push(`${vector.id}: ${why}`);
      }
      assert.deepEqual(failures, []);
    });
  }

  it('are all reproduced, but for exceptions that are named with their number', () => {
    assert.deepEqual(Object.fromEntries(excepted), {
      'an artefact of numpy: whole lists compared, texts cut to a width, NULs dropped': 3,
      'a limit of the storage of Hugging Face: ours takes text labels and large numbers': 4,
      'needs the sentence model of nltk (punkt), which is not shipped': 21,
      'scipy has no corrected interval for rows that are all alike; the plain one is answered': 1,
      'one row says nothing of its spread, so an interval is refused': 1,
      'where no row changed, nothing speaks against "equal": ours is 1': 3,
      'the other modes of the stemmer belong to no metric': 11,
      'chi-square with more than one degree of freedom is not used': 2,
    });
    assert.equal(passed, 3062);
  });

  it('are judged: a figure that is wrong in the ninth digit, or not refused, is named', () => {
    const [vector] = goldenVectors('wer');
    assert.ok(vector);
    assert.equal(judge(vector).result, 'passed');
    const wrong = judge({ ...vector, expected: { wer: 0.250000002 } });
    assert.deepEqual(wrong, { result: 'failed', why: 'wer: 0.25 is not 0.250000002' });
    const refused = judge({ ...vector, expected: { raises: 'ValueError' } });
    assert.match(refused.why ?? '', /where the reference refuses it/u);
    const missing = judge({ ...vector, expected: { wer: 0.25, mer: 0.25 } });
    assert.match(missing.why ?? '', /mer: nothing is not 0.25/u);
    assert.equal(judge({ ...vector, metric: 'unknown' }).result, 'failed');
  });

  it('cover every computation that there is', () => {
    const seen = new Set(families.flatMap(family => goldenVectors(family)).map(v => v.metric));
    assert.deepEqual(
      [...computations.keys()].filter(metric => !seen.has(metric)),
      [],
    );
  });
});
