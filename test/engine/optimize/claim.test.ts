import assert from 'node:assert/strict';
import type { Rollout } from '../../../src/engine/core/rollout.ts';
import { noOutcomes } from '../../../src/engine/core/score.ts';
import type { Claim, Evaluation } from '../../../src/engine/core/trial.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { judgeClaim } from '../../../src/engine/optimize/claim.ts';

/** One character a row: `1` right, `0` wrong, `x` no answer. */
function evaluation(candidateId: string, rows: string): Evaluation {
  return {
    candidateId,
    split: 'test',
    purpose: 'claim',
    scorecard: {},
    outcomes: noOutcomes,
    rollouts: [...rows].map((row, number): Rollout => ({
      jobId: `${candidateId}/${number}`,
      candidateId,
      exampleId: `row-${number}`,
      outcome: row === 'x' ? 'failed' : 'ok',
      output: '',
      scores: row === 'x' ? {} : { exact_match: { value: Number(row) } },
      usage: { calls: 1, inputTokens: 1, outputTokens: 1, estimated: false },
    })),
  };
}

function claimOf(original: string, best: string, bestId = 'best'): Claim | undefined {
  return judgeClaim({
    original: evaluation('original', original),
    best: evaluation(bestId, best),
    primary: { name: 'exact_match', metric: metricNamed('exact_match') },
    seed: 1,
  });
}

/** Rows fixed, broken, right in both, wrong in both. */
function rows(fixed: number, broken: number, right: number, wrong: number): [string, string] {
  return [
    '0'.repeat(fixed) + '1'.repeat(broken) + '1'.repeat(right) + '0'.repeat(wrong),
    '1'.repeat(fixed) + '0'.repeat(broken) + '1'.repeat(right) + '0'.repeat(wrong),
  ];
}

describe('The claim on unseen rows', () => {
  it('says better with points, interval, rows and changes', () => {
    const claim = claimOf(...rows(15, 4, 41, 21));
    assert.equal(claim?.verdict, 'better');
    assert.match(
      claim.sentence,
      /^Better: \+13\.6 points \[[\d.]+, [\d.]+\] on 81 rows never used in the search; 15 rows fixed, 4 broken\.$/,
    );
    assert.equal(claim.rowsNeeded, undefined);
  });

  it('gives the p of McNemar and the interval of the paired difference', () => {
    const claim = claimOf(...rows(15, 4, 41, 20));
    // Mid-p of 4 of 19: 2 · P(X ≤ 4) − P(X = 4), X ~ Bin(19, ½).
    assert.ok(Math.abs((claim?.pValue ?? 1) - (2 * 5036 - 3876) / 2 ** 19) < 1e-9);
    assert.ok((claim?.difference.low ?? 0) > 0);
  });

  it('says worse', () => {
    const claim = claimOf(...rows(2, 14, 40, 20));
    assert.equal(claim?.verdict, 'worse');
    assert.match(claim.sentence, /^Worse: −15\.8 points/);
  });

  it('does not call luck a gain, and says how many rows would show five points', () => {
    const claim = claimOf(...rows(4, 2, 30, 10));
    assert.equal(claim?.verdict, 'not-distinguishable');
    assert.match(
      claim.sentence,
      /^Not distinguishable at n = 46; about \d+ rows would show a difference of 5 points\. \+4\.3 points \[−[\d.]+, [\d.]+\] on 46 rows never used in the search; 4 rows fixed, 2 broken\.$/,
    );
    assert.ok((claim.rowsNeeded ?? 0) > 46);
  });

  it('compares only rows that both answered, and says that the others could not turn it', () => {
    const [before, after] = rows(30, 0, 30, 10);
    const claim = claimOf(`${before}x1`, `${after}0x`);
    assert.equal(claim?.difference.count, 70);
    assert.equal(claim.verdict, 'better');
    assert.match(
      claim.sentence,
      /2 rows could not be measured with both prompts; they could not turn/,
    );
  });

  it('says so where rows without an answer could turn the verdict', () => {
    const [before, after] = rows(8, 1, 30, 10);
    const claim = claimOf(before + '1'.repeat(8), after + 'x'.repeat(8));
    assert.equal(claim?.verdict, 'better');
    assert.match(claim.sentence, /8 rows could not be measured .*, and could turn this verdict\.$/);
  });

  it('says unchanged where the original is the best', () => {
    const claim = claimOf('1100x', '1100x', 'original');
    assert.equal(claim?.verdict, 'unchanged');
    assert.equal(claim.pValue, 1);
    assert.equal(
      claim.sentence,
      'Unchanged: no better prompt was found; the original scores 50 % on 4 rows never used in the search. 1 row could not be measured with both prompts.',
    );
  });

  it('speaks the scale of the metric, where a lower error rate is a gain', () => {
    const claimBy = (name: string, before: number, after: number) => {
      const metric = metricNamed(name);
      const side = (id: string, right: number): Evaluation => {
        const { rollouts, ...rest } = evaluation(id, '1'.repeat(40));
        const scored = rollouts.map((rollout, row) => ({
          ...rollout,
          scores: { [name]: { value: Number(row < right) } },
        }));
        return { ...rest, rollouts: scored };
      };
      // Rows as shares are enough here: what is told is what the scale makes of their mean.
      const plain = { ...metric, aggregate: metricNamed('exact_match').aggregate };
      const primary = { name, metric: plain };
      return judgeClaim({
        original: side('original', before),
        best: side('best', after),
        primary,
        seed: 1,
      });
    };
    assert.match(
      claimBy('sacrebleu', 20, 36)?.sentence ?? '',
      /^Better: \+40 points of sacrebleu \[[\d.]+, [\d.]+\] on 40 rows/,
    );
    assert.match(
      claimBy('wer', 20, 36)?.sentence ?? '',
      /^Better: −0\.889 of wer \[−[\d.]+, −[\d.]+\] on 40 rows/,
    );
    assert.match(
      claimBy('wer', 20, 20)?.sentence ?? '',
      /^Not distinguishable at n = 40.*±0 of wer \[−[\d.]+, [\d.]+\] on 40 rows/,
    );
  });

  it('is no claim where no row was answered by both', () => {
    assert.equal(claimOf('xx1', '11x'), undefined);
  });
});
