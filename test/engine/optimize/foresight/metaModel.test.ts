import assert from 'node:assert/strict';
import type { ScoredEdit } from '../../../../src/engine/core/foresight.ts';
import { seededRandom } from '../../../../src/engine/core/random.ts';
import { featureNames } from '../../../../src/engine/optimize/foresight/features.ts';
import {
  learnedFrom,
  learnedFromRuns,
  nothingLearned,
  predictorOf,
  standingOf,
} from '../../../../src/engine/optimize/foresight/metaModel.ts';
import { rankCorrelation } from '../../../../src/engine/optimize/foresight/rankCorrelation.ts';
import {
  noSums,
  ridgeCoefficients,
  withExample,
} from '../../../../src/engine/optimize/foresight/ridge.ts';

/** Trials of two edits; what comes of them hangs on their second feature as `slope` says, and on luck. */
function trials(count: number, slope: number, seed = 1): ScoredEdit[][] {
  const random = seededRandom(seed, 'edits');
  const edit = (): ScoredEdit => {
    const features = featureNames.map((_, at) => (at === 0 ? 1 : random() - 0.5));
    const worth = slope * (features[1] ?? 0) + 0.4 * (random() - 0.5);
    return { features, worth: Math.max(-1, Math.min(1, worth)), rows: 6 };
  };
  return Array.from({ length: count }, () => [edit(), edit()]);
}

describe('the meta-model', () => {
  it('solves a weighted ridge regression as numpy does', () => {
    const rows = [0.2, 0.9, 0.4, 0.7].map(value => [1, value]);
    const [worths, weights] = [
      [0.1, 0.8, 0.3, 0.5],
      [2, 3, 1, 4],
    ];
    const sums = rows.reduce(
      (sum, row, at) => withExample(sum, row, worths[at] ?? 0, weights[at] ?? 0),
      noSums(2),
    );
    const [constant = 0, slope = 0] = ridgeCoefficients(sums, 2);
    assert.ok(Math.abs(constant - 0.22701279) < 1e-7 && Math.abs(slope - 0.34537246) < 1e-7);
  });

  it('ranks with ties as scipy.stats.spearmanr does', () => {
    const found = rankCorrelation(
      [0.1, 0.4, 0.4, 0.2, 0.9, 0.5, 0.3],
      [0, 0.5, 0.25, 0, 0.5, 1, 0.25],
    );
    assert.ok(Math.abs((found?.correlation ?? 0) - 0.8890413438919634) < 1e-12);
    assert.ok((found?.low ?? 1) < 0.889);
    assert.equal(rankCorrelation([1, 1, 1, 1], [1, 2, 3, 4]), undefined);
  });

  it('predicts nothing before it has seen eight edits', () => {
    const learned = trials(3, 1).reduce(learnedFrom, nothingLearned);
    assert.equal(predictorOf(learned), undefined);
    assert.equal(standingOf(learned).open, false);
  });

  it('comes to be trusted where worth hangs on the features', () => {
    const learned = trials(30, 1.2).reduce(learnedFrom, nothingLearned);
    const standing = standingOf(learned);
    assert.ok(standing.open, standing.sentence);
    assert.ok((standing.correlation ?? 0) > 0.5);
    assert.match(standing.sentence, /chooses among proposals: .* rank correlation of 0\.\d\d/);
  });

  it('is hardly ever trusted where worth is luck', () => {
    const open = Array.from(
      { length: 60 },
      (_, seed) => standingOf(trials(40, 0, seed).reduce(learnedFrom, nothingLearned)).open,
    );
    assert.ok(open.filter(Boolean).length <= 3, String(open.filter(Boolean).length));
  });

  it('is measured on predictions that were made before the edit was tried', () => {
    const history = trials(30, 1.2);
    const { pairs } = history.reduce(learnedFrom, nothingLearned);
    const before = history.slice(0, 20).reduce(learnedFrom, nothingLearned);
    const next = history[20]?.[1];
    const predict = predictorOf(before);
    assert.ok(next && predict);
    // The second edit of a trial does not know the first one's outcome either.
    assert.deepEqual(pairs[20 * 2 + 1 - 8], [predict(next.features), next.worth]);
  });

  it('counts the edits of a run half in the next one', () => {
    const run = trials(20, 1);
    const once = learnedFromRuns([run]);
    const twice = learnedFromRuns([run, []]);
    assert.ok(Math.abs((twice.sums.squares[0] ?? 0) * 2 - (once.sums.squares[0] ?? 0)) < 1e-9);
    assert.equal(once.edits, 40);
  });
});
