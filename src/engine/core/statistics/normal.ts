/** Two-sided 95 %: the standard normal quantile at 0.975. */
export const z95 = 1.959963984540054;

/** Density of the standard normal distribution. */
function normalDensity(x: number): number {
  return Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI);
}

/**
 * Distribution function of the standard normal, relative error about 1e-14 also in the lower tail.
 * Near the middle Marsaglia's series (2004, Evaluating the normal distribution), in the tails the
 * continued fraction of the Mills ratio.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 0) return 1 - normalCdf(-x);
  if (x > -3) return 0.5 + normalDensity(x) * oddSeries(x);
  return normalDensity(x) * millsRatio(-x);
}

function oddSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; sum !== sum + term; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return sum;
}

function millsRatio(x: number): number {
  if (x === Infinity) return 0;
  let fraction = 0;
  for (let step = 400; step > 0; step--) fraction = step / (x + fraction);
  return 1 / (x + fraction);
}

/**
 * Quantile of the standard normal: the x with `normalCdf(x) = p`. Algorithm AS 241, PPND16
 * (Wichura 1988, Applied Statistics 37), relative error about 1e-16. 0 and 1 give infinities.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(middleTop, r)) / polynomial(middleBottom, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const distance =
    r <= 5
      ? polynomial(nearTop, r - 1.6) / polynomial(nearBottom, r - 1.6)
      : polynomial(farTop, r - 5) / polynomial(farBottom, r - 5);
  return q < 0 ? -distance : distance;
}

/** Coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

const middleTop = [
  2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
  13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
];
const middleBottom = [
  5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
  5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
];
const nearTop = [
  7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
  1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
  1.42343711074968357734,
];
const nearBottom = [
  1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
  0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
];
const farTop = [
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
  0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699,
  6.6579046435011037772,
];
const farBottom = [
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
  7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769,
  1,
];
