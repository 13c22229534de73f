import { RequestError } from '../../src/engine/core/errors.ts';
import { betaQuantile, incompleteBeta, twoSidedT } from '../../src/engine/core/statistics/beta.ts';
import { binomialCdf, binomialPmf } from '../../src/engine/core/statistics/binomial.ts';
import { bootstrapInterval, type Resample } from '../../src/engine/core/statistics/bootstrap.ts';
import { mcnemarExactP, mcnemarMidP } from '../../src/engine/core/statistics/mcnemar.ts';
import { normalCdf, normalQuantile } from '../../src/engine/core/statistics/normal.ts';
import { centredPValue } from '../../src/engine/core/statistics/paired.ts';
import { clopperPearsonInterval, wilsonInterval } from '../../src/engine/core/statistics/wilson.ts';
import { pearson, spearman, type Correlation } from '../../src/engine/metrics/correlation.ts';
import { meanAbsoluteError, meanSquaredError } from '../../src/engine/metrics/numbers.ts';
import { requireEqualLength } from '../../src/engine/metrics/pairing.ts';
import { corpusScores } from './corpusScores.ts';
import { resamplesOf, statisticNamed } from './resamples.ts';
import { numbersOf, type Computation, type Figures, type Vector } from './vector.ts';

type Pairwise = (left: number[], right: number[], weights?: readonly number[]) => number;

export const statistics: Readonly<Record<string, Computation>> = {
  mae: vector => errors(vector, meanAbsoluteError),
  mse: vector => errors(vector, meanSquaredError),
  rmse: vector => errors(vector, (...given) => Math.sqrt(meanSquaredError(...given))),
  pearsonr: vector => correlated(vector, pearson),
  spearmanr: vector => correlated(vector, spearman),
  wilson: ({ options }) => {
    const [k, n, confidence] = [options['k'], options['n'], options['confidence_level']].map(
      Number,
    );
    if (k === undefined || n === undefined || confidence === undefined) throw new RangeError();
    const { low, high } = wilsonInterval(k, n, confidence);
    const exact = clopperPearsonInterval(k, n, confidence);
    return {
      low,
      high,
      estimate: k / n,
      clopper_pearson_low: exact.low,
      clopper_pearson_high: exact.high,
    };
  },
  mcnemar_table: mcnemar,
  mcnemar,
  bootstrap_ci: ({ options, predictions }) => {
    const values = numbersOf(predictions);
    const statistic = statisticNamed(String(options['statistic']), values);
    const { low, high } = bootstrapInterval({
      count: values.length,
      statistic,
      resamples: resamplesOf(options['resample'], values.length),
      method: String(options['method']).toLowerCase() as 'percentile' | 'basic' | 'bca',
      confidence: Number(options['confidence_level']),
    });
    return { estimate: statistic(values.map((_, row) => row)), low, high };
  },
  paired_bootstrap: ({ options, predictions, references }) => {
    const after = numbersOf(predictions);
    const before = numbersOf(references);
    requireEqualLength('paired bootstrap', after, before);
    const [meanOfAfter, meanOfBefore] = [after, before].map(values =>
      statisticNamed('mean', values),
    );
    if (!meanOfAfter || !meanOfBefore) throw new RangeError();
    const difference = (rows: Resample): number => meanOfAfter(rows) - meanOfBefore(rows);
    const resamples = (): Iterable<Resample> => resamplesOf(options['resample'], after.length);
    const { low, high } = bootstrapInterval({
      count: after.length,
      statistic: difference,
      resamples: resamples(),
      method: 'percentile',
      confidence: Number(options['confidence_level']),
    });
    const all = after.map((_, row) => row);
    const diff = difference(all);
    return {
      mean_b: meanOfAfter(all),
      mean_a: meanOfBefore(all),
      diff,
      ci_low: low,
      ci_high: high,
      p_two_sided_centred: centredPValue(difference, diff, resamples()),
    };
  },
  sacrebleu_paired_bs: corpusScores,
  norm_ppf: special(normalQuantile),
  norm_cdf: special(normalCdf),
  beta_cdf: special(incompleteBeta),
  beta_ppf: special(betaQuantile),
  binom_cdf: special(binomialCdf),
  binom_pmf: special(binomialPmf),
  t_sf: special((t, freedom) => {
    const tail = twoSidedT(t, freedom) / 2;
    return t < 0 ? 1 - tail : tail;
  }),
  chi2_sf: special((x, freedom) => (freedom === 1 ? 2 * normalCdf(-Math.sqrt(x)) : NaN)),
};

function special(compute: (...given: [number, number, number]) => number): Computation {
  return ({ predictions }) => {
    const [a = NaN, b = NaN, c = NaN] = numbersOf(predictions);
    return { value: compute(a, b, c) };
  };
}

/** The reference stores numbers as float32; its figures on doubles carry another name. */
function bothWidths(
  vector: Vector,
  figuresOf: (left: number[], right: number[]) => Figures,
): Figures {
  const left = numbersOf(vector.predictions);
  const right = numbersOf(vector.references);
  const doubles = Object.entries(figuresOf(left, right)).map(([name, figure]) => [
    `${name}_float64`,
    figure,
  ]);
  return {
    ...figuresOf(left.map(Math.fround), right.map(Math.fround)),
    ...(Object.fromEntries(doubles) as Figures),
  };
}

function errors(vector: Vector, compute: Pairwise): Figures {
  const weights = vector.options['sample_weight'] as number[] | undefined;
  return bothWidths(vector, (left, right) => ({ [vector.metric]: compute(left, right, weights) }));
}

function correlated(
  vector: Vector,
  compute: (left: number[], right: number[]) => Correlation,
): Figures {
  return bothWidths(vector, (left, right) => {
    const { coefficient, pValue } = compute(left, right);
    return { [vector.metric]: coefficient, p_value: pValue };
  });
}

/** Counts of rows that only one side has right, from options or from labels of two systems. */
function mcnemar({ options, predictions, references, expected }: Vector): Figures {
  let [b, c] = [Number(options['b']), Number(options['c'])];
  let table = expected['table'];
  if (predictions) {
    const [one = [], other = []] = predictions as unknown[][];
    const wanted = references as unknown[];
    if (one.length !== wanted.length) throw new RequestError('Lists differ in length.');
    const count = (first: boolean, second: boolean): number =>
      wanted.filter(
        (label, row) => (one[row] === label) === first && (other[row] === label) === second,
      ).length;
    b = count(true, false);
    c = count(false, true);
    table = [
      [count(true, true), b],
      [c, count(false, false)],
    ];
  }
  return { table, exact_p: mcnemarExactP(b, c), midp: mcnemarMidP(b, c) };
}
