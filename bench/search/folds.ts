/**
 * How often a cross-validation says "better" where nothing can be gained, by the factor that the variance
 * across folds is widened by: what `foldVariance` was chosen from. Usage: `node bench/search/folds.ts`.
 */
import { seededRandom } from '../../src/engine/core/random.ts';
import { normalCdf } from '../../src/engine/core/statistics/normal.ts';

const runs = 3_000;
const factors = [1, 1.25, 1.5, 2.25];

/** Proposals as good as the original on average, of which each fold takes the best on its other rows. */
function fixedAndBroken(run: number, folds: number, rows: number, count: number, alike: number) {
  const random = seededRandom(run, 's2', count, rows, alike);
  const ease = Array.from({ length: rows }, () => 0.2 + 0.6 * random());
  const original = ease.map(easy => (random() < easy ? 1 : 0));
  const proposals = Array.from({ length: count }, () =>
    ease.map((easy, row) => (random() < alike ? (original[row] ?? 0) : random() < easy ? 1 : 0)),
  );
  const seen = (scores: readonly number[], fold: number): number =>
    scores.reduce((sum, score, row) => sum + (row % folds === fold ? 0 : score), 0);
  const winners = Array.from({ length: folds }, (_, fold) =>
    proposals.reduce((best, each) => (seen(each, fold) > seen(best, fold) ? each : best), original),
  );
  const gains = original.map((score, row) => (winners[row % folds]?.[row] ?? 0) - score);
  return {
    fixed: gains.filter(gain => gain > 0).length,
    broken: gains.filter(gain => gain < 0).length,
  };
}

const most = factors.map(() => 0);
for (const [folds, rows] of [
  [3, 7],
  [4, 9],
  [5, 12],
  [5, 20],
  [5, 29],
] as const) {
  for (const count of [1, 3, 12, 30, 100]) {
    for (const alike of [0, 0.5, 0.85]) {
      const better = factors.map(() => 0);
      for (let run = 0; run < runs; run++) {
        const { fixed, broken } = fixedAndBroken(run, folds, rows, count, alike);
        factors.forEach((factor, at) => {
          const z = (fixed - broken) / Math.sqrt(factor * Math.max(1, fixed + broken));
          if (z > 0 && 2 * normalCdf(-z) < 0.05) better[at] = (better[at] ?? 0) + 1;
        });
      }
      const shares = better.map(times => (100 * times) / runs);
      shares.forEach((share, at) => (most[at] = Math.max(most[at] ?? 0, share)));
      const shown = shares.map(share => share.toFixed(1).padStart(5)).join(' ');
      console.log(`${folds} folds, ${rows} rows, ${count} proposals, ${alike} alike: ${shown}`);
    }
  }
}
console.log(
  `factors ${factors.join(', ')}: at most ${most.map(share => share.toFixed(1)).join(', ')} %`,
);
