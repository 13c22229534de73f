import assert from 'node:assert/strict';
import { seededRandom, type Random } from '../../../src/engine/core/random.ts';
import { noOutcomes } from '../../../src/engine/core/score.ts';
import { crossValidated, foldVariance } from '../../../src/engine/core/statistics.ts';
import { tangoInterval } from '../../../src/engine/core/statistics/tango.ts';
import type { Evaluation } from '../../../src/engine/core/trial.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { judgeClaim } from '../../../src/engine/optimize/claim.ts';
import { pairRows } from '../../../src/engine/optimize/paired.ts';
import { reasonAgainst } from '../../../src/engine/optimize/shipping.ts';

const accuracy = { name: 'accuracy', metric: metricNamed('accuracy') };
const graded = { name: 'token_f1', metric: metricNamed('token_f1') };
type Primary = typeof accuracy;

function evaluation(id: string, values: readonly number[], { name }: Primary): Evaluation {
  return {
    candidateId: id,
    split: 'all',
    purpose: 'claim',
    scorecard: {},
    outcomes: noOutcomes,
    rollouts: values.map((value, row) => ({
      jobId: `${id}/${row}`,
      candidateId: id,
      exampleId: String(row),
      line: row + 1,
      outcome: 'ok',
      output: '',
      scores: { [name]: { value } },
      usage: { calls: 1, inputTokens: 1, outputTokens: 1, usd: 0, estimated: false },
    })),
  };
}

/** What the search of one fold has to choose from: the scores of prompts on all rows. */
interface World {
  readonly original: readonly number[];
  readonly proposals: readonly (readonly number[])[];
}

/** Each fold takes the proposal that is best on the rows it sees, as a search does. */
function crossValidate({ original, proposals }: World, folds: number): readonly number[] {
  const mean = (values: readonly number[], fold: number): number =>
    values.reduce((sum, value, row) => sum + (row % folds === fold ? 0 : value), 0);
  const winners = Array.from({ length: folds }, (_, fold) =>
    [original, ...proposals].reduce((best, each) =>
      mean(each, fold) > mean(best, fold) ? each : best,
    ),
  );
  return original.map((value, row) => winners[row % folds]?.[row] ?? value);
}

/**
 * Proposals that are as good as the original on average. Rows are more or less hard for all of them,
 * and a proposal answers a share of them as the original does.
 */
function worldWithoutGain(random: Random, rows: number, isGraded: boolean): World {
  const hardness = Array.from({ length: rows }, () => 0.2 + 0.7 * random());
  const score = (easy: number): number =>
    isGraded ? Math.min(1, Math.max(0, easy + 0.5 * (random() - 0.5))) : random() < easy ? 1 : 0;
  const original = hardness.map(score);
  const alike = random();
  const proposals = Array.from({ length: 1 + Math.floor(random() * 30) }, () =>
    hardness.map((easy, row) => (random() < alike ? (original[row] ?? 0) : score(easy))),
  );
  return { original, proposals };
}

function claimOf(world: World, primary: Primary, run: number) {
  const original = evaluation('original', world.original, primary);
  const best = evaluation('', crossValidate(world, 5), primary);
  const claim = judgeClaim({
    original,
    best,
    primary,
    seed: run,
    folds: { count: 5, offeredId: 'offered' },
  });
  assert.ok(claim);
  return { claim, original, best };
}

describe('The claim of a cross-validation', function () {
  this.timeout(120_000);
  this.slow(30_000);

  for (const rows of [10, 20, 29]) {
    it(`says "better" in at most 5 % of 1,000 runs without a true gain: ${rows} rows, right or wrong`, () => {
      let better = 0;
      let shipped = 0;
      for (let run = 0; run < 1000; run++) {
        const world = worldWithoutGain(seededRandom(run, 'folds', rows), rows, false);
        const { claim, original, best } = claimOf(world, accuracy, run);
        if (claim.verdict === 'better') better += 1;
        const [before, after] = [original, best].map(
          ({ rollouts }) => new Map(rollouts.map(each => [each.exampleId, each])),
        );
        const ids = original.rollouts.map(each => each.exampleId);
        const against = reasonAgainst({
          validation: undefined,
          test: before && after && pairRows(before, after, ids, accuracy),
          variance: foldVariance,
          claimedBetter: claim.verdict === 'better',
          aim: 'better',
          metric: accuracy.metric,
          seed: run,
        });
        if (against === undefined) shipped += 1;
      }
      assert.ok(better <= 50, `${better} of 1,000`);
      assert.ok(shipped <= 50, `${shipped} of 1,000 returned`);
    });
  }

  it('says "better" in at most 5 % of 300 runs without a true gain: 20 rows, graded', () => {
    let better = 0;
    for (let run = 0; run < 300; run++) {
      const world = worldWithoutGain(seededRandom(run, 'graded'), 20, true);
      if (claimOf(world, graded, run).claim.verdict === 'better') better += 1;
    }
    assert.ok(better <= 15, `${better} of 300`);
  });

  it('finds a gain of 60 points on 25 rows in most runs', () => {
    let better = 0;
    for (let run = 0; run < 300; run++) {
      const random = seededRandom(run, 'gain');
      const original = Array.from({ length: 25 }, () => (random() < 0.3 ? 1 : 0));
      const proposals = [original.map(() => (random() < 0.9 ? 1 : 0))];
      if (claimOf({ original, proposals }, accuracy, run).claim.verdict === 'better') better += 1;
    }
    assert.ok(better >= 200, `${better} of 300`);
  });

  it('is of the search and not of one prompt, and says so beside its figures', () => {
    const original = Array.from({ length: 24 }, (_, row) => (row < 8 ? 1 : 0));
    const found = Array.from({ length: 24 }, (_, row) => (row < 20 ? 1 : 0));
    const { claim } = claimOf({ original, proposals: [found] }, accuracy, 1);
    assert.equal(claim.verdict, 'better');
    assert.equal(claim.bestId, 'offered');
    assert.equal(claim.folds, 5);
    assert.match(
      claim.sentence,
      /^Better, cross-validated over 5 folds \(24 rows, exploratory\): \+50 points \[\d/,
    );
    assert.match(claim.sentence, /12 rows fixed, 0 broken/);
    assert.match(claim.caveat ?? '', /no measure of the one prompt that it found/);
    assert.match(claim.caveat ?? '', /show a gain of about \d\d points or more/);
  });
});

describe('A difference over folds', () => {
  const scores = (values: readonly number[]) => values.map(value => ({ value }));
  const pair = (fixed: number, broken: number, count: number) => ({
    before: scores(Array.from({ length: count }, (_, row) => (row < fixed ? 0 : 1))),
    after: scores(Array.from({ length: count }, (_, row) => (row < count - broken ? 1 : 0))),
  });

  it('is as certain as that of one and a half times fewer rows', () => {
    assert.equal(foldVariance, 1.5);
    const { before, after } = pair(6, 0, 12);
    const { difference, pValue } = crossValidated(before, after, accuracy.metric, 1);
    assert.equal(difference.value, 0.5);
    const { low, high } = tangoInterval(4, 0, 8);
    assert.ok(Math.abs(difference.low - low) < 1e-9 && Math.abs(difference.high - high) < 1e-9);
    // (6 − 0)² / (1.5 · 6) = 4: two-sided p of a standard normal beyond 2.
    assert.ok(Math.abs(pValue - 0.0455002638963584) < 1e-9, String(pValue));
  });

  it('excludes nothing by its interval that its test does not', () => {
    for (let count = 6; count < 30; count++) {
      for (let fixed = 0; fixed <= count; fixed++) {
        for (let broken = 0; broken <= count - fixed; broken += 3) {
          const { before, after } = pair(fixed, broken, count);
          const { difference, pValue } = crossValidated(before, after, accuracy.metric, 1);
          const excludes = difference.low > 0 || difference.high < 0;
          assert.equal(excludes, pValue < 0.05, `${fixed} and ${broken} of ${count}`);
        }
      }
    }
  });

  it('takes a few graded rows that all rose by the same for no proof', () => {
    const before = scores([0.2, 0.3, 0.4, 0.5, 0.6]);
    const after = scores([0.3, 0.4, 0.5, 0.6, 0.7]);
    const { difference, pValue } = crossValidated(before, after, graded.metric, 1);
    assert.ok(pValue > 0.05, String(pValue));
    assert.ok(difference.low <= 0 && difference.high >= 0.1);
  });
});
