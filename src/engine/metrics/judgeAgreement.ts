import { wilsonInterval } from '../core/statistics/wilson.ts';
import { cohensKappa } from './cohensKappa.ts';
import type { LabelPair } from './labels.ts';

/** How well a judge agrees with people on the same rows. */
export interface JudgeAgreement {
  /** Rows that both have labelled. */
  readonly count: number;
  /** Share of equal labels, 0..1, with its 95 % interval. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** Cohen's kappa, −1..1; NaN where both used one and the same label only. */
  readonly kappa: number;
}

/** Rows and kappa from which a judge may decide: "substantial" in Landis and Koch (1977). */
export const enoughRows = 50;
export const enoughKappa = 0.6;

/** Agreement of a judge's labels (`predicted`) with people's (`expected`). */
export function judgeAgreement(pairs: readonly LabelPair<string>[]): JudgeAgreement {
  const count = pairs.length;
  const right = pairs.filter(({ expected, predicted }) => expected === predicted).length;
  const kappa = count === 0 ? NaN : cohensKappa(pairs);
  return { count, rate: right / count, ...wilsonInterval(right, count), kappa };
}

/** A judge's score and a person's as labels: good from one half on. */
export function passOrFail(value: number): 'pass' | 'fail' {
  return value >= 0.5 ? 'pass' : 'fail';
}

/** Why a judge may not gate a run; undefined where it was checked well enough. */
export function judgeWarning(agreement: JudgeAgreement | undefined): string | undefined {
  if (!agreement || agreement.count === 0) {
    return 'This judge was never checked against people, so it may not decide by itself. Label some rows by hand and compare.';
  }
  const { count, kappa } = agreement;
  if (count < enoughRows) {
    return `This judge was checked on ${count} rows only; with fewer than ${enoughRows} it may not decide by itself.`;
  }
  if (Number.isNaN(kappa)) {
    return 'People and judge gave every row the same label, which shows nothing; label rows of both kinds.';
  }
  if (kappa >= enoughKappa) return undefined;
  return `This judge agrees with people hardly better than chance allows (kappa ${kappa.toFixed(2)} of ${count} rows, ${enoughKappa} is needed); sharpen its rubric.`;
}
