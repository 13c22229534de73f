import type { Metric } from '../core/metric.ts';
import type { Aggregate } from '../core/score.ts';

/** A difference of 0..1 values in points, with its sign: `+14 points`. */
export function points(difference: number): string {
  const rounded = Math.round(difference * 1000) / 10;
  return `${signed(rounded)} ${pointsWord(rounded)}`;
}

/**
 * A paired difference with its interval, on the scale that people are shown the metric on:
 * `+7.5 points [3.1, 12.0]`, `−2.4 points of sacrebleu [−4, −0.8]`, `−0.032 of wer [−0.05, −0.014]`.
 */
export function differenceText(difference: Aggregate, metric: Metric): string {
  const { shown } = difference;
  if (!shown) {
    return `${points(difference.value)} [${oneDigit(100 * difference.low)}, ${oneDigit(100 * difference.high)}]`;
  }
  const digits = digitsFor(metric);
  const value = rounded(shown.value, digits);
  const unit = isPercentage(metric) ? `${pointsWord(value)} of` : 'of';
  const interval = [shown.low, shown.high].every(bound => Number.isFinite(bound))
    ? ` [${figure(shown.low, digits)}, ${figure(shown.high, digits)}]`
    : '';
  return `${signed(value)} ${unit} ${bareName(metric)}${interval}`;
}

/** A value 0..1 as people are shown it: `81.5 %`, `41.3 of sacrebleu`, `0.12 of wer`. */
export function valueText(value: number, metric: Metric): string {
  if (!metric.shown) return `${Math.round(value * 1000) / 10} %`;
  return `${figure(metric.shown(value), digitsFor(metric))} of ${bareName(metric)}`;
}

/** A metric's name without its options, which may be a whole rubric. */
export function bareName({ name }: Metric): string {
  return name.split(':', 1)[0] ?? name;
}

function isPercentage({ range }: Metric): boolean {
  return range?.[1] === 100;
}

function digitsFor(metric: Metric): number {
  return isPercentage(metric) ? 1 : 3;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function pointsWord(value: number): string {
  return Math.abs(value) === 1 ? 'point' : 'points';
}

function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value)}`;
}

/** "12.0": a whole number keeps its digit, so that both ends read alike. */
function oneDigit(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return value < 0 && text !== '0.0' ? `−${text}` : text;
}

function figure(value: number, digits: number): string {
  const short = rounded(value, digits);
  return `${short < 0 ? '−' : ''}${Math.abs(short)}`;
}
