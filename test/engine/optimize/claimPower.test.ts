import assert from 'node:assert/strict';
import { seededRandom } from '../../../src/engine/core/random.ts';
import { pairedPValue } from '../../../src/engine/core/statistics.ts';
import type { Evaluation, Verdict } from '../../../src/engine/core/trial.ts';
import { judgeClaim } from '../../../src/engine/optimize/claim.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { noOutcomes } from '../../../src/engine/core/score.ts';

const metric = metricNamed('accuracy');
const primary = { name: 'accuracy', metric };

/** Test rows of one prompt, right where `right` says so. */
function evaluation(candidateId: string, right: readonly boolean[]): Evaluation {
  return {
    candidateId,
    split: 'test',
    purpose: 'claim',
    scorecard: {},
    outcomes: noOutcomes,
    rollouts: right.map((isRight, row) => ({
      jobId: `${candidateId}/${row}`,
      candidateId,
      exampleId: String(row),
      line: row + 1,
      outcome: 'ok',
      output: '',
      scores: { accuracy: { value: isRight ? 1 : 0 } },
      usage: { calls: 1, inputTokens: 1, outputTokens: 1, usd: 0, estimated: false },
    })),
  };
}

interface Truth {
  readonly gain: number;
  readonly lost: number;
}

/**
 * Rows that are right with the original (60 %) and with another prompt: a share `lost` of the rows
 * goes wrong with it, and as many more are put right as make the true gain.
 */
function drawn(run: number, rows: number, { gain, lost }: Truth) {
  const random = seededRandom(run, 'claim', rows, gain, lost);
  const before = Array.from({ length: rows }, () => random() < 0.6);
  const after = before.map(isRight =>
    isRight ? random() >= lost / 0.6 : random() < (gain + lost) / 0.4,
  );
  return { before, after };
}

function verdictsOf(runs: number, rows: number, truth: Truth) {
  const counts: Record<Verdict, number> = {
    better: 0,
    worse: 0,
    'not-distinguishable': 0,
    unchanged: 0,
  };
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const { before, after } = drawn(run, rows, truth);
    const claim = judgeClaim({
      original: evaluation('original', before),
      best: evaluation('best', after),
      primary,
      seed: run,
    });
    assert.ok(claim);
    counts[claim.verdict] += 1;
    if (claim.difference.low <= truth.gain && truth.gain <= claim.difference.high) covered += 1;
  }
  return { ...counts, covered };
}

describe('The claim on test rows', () => {
  for (const rows of [30, 80]) {
    for (const lost of [0.02, 0.1]) {
      it(`says "better" in at most 5 % of 1,000 runs in which nothing was gained: ${rows} rows, ${100 * lost} % of them changed either way`, () => {
        const { better } = verdictsOf(1000, rows, { gain: 0, lost });
        assert.ok(better <= 50, `${better} of 1,000`);
      });
    }
  }

  // From 200 rows on the interval is a bootstrap; the verdict hangs on sign and p alone.
  it('says "better" in at least 80 % of 1,000 runs with a true gain of ten points on 200 rows', () => {
    let better = 0;
    for (let run = 0; run < 1000; run++) {
      const { before, after } = drawn(run, 200, { gain: 0.1, lost: 0.05 });
      const [left, right] = [before, after].map(list => list.map(is => ({ value: is ? 1 : 0 })));
      const p = pairedPValue(left ?? [], right ?? [], metric, run);
      if (p < 0.05 && after.filter(Boolean).length > before.filter(Boolean).length) better += 1;
    }
    assert.ok(better >= 800, `${better} of 1,000`);
  });

  it('has the true gain inside its interval in 93 to 97 of 100 runs', () => {
    const { covered } = verdictsOf(1000, 80, { gain: 0.1, lost: 0.1 });
    assert.ok(covered >= 930 && covered <= 975, `${covered} of 1,000`);
  });
});
