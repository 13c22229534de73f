import type { JudgeAgreement, JudgedByPerson } from '../core/judge.ts';
import { wilsonInterval } from '../core/statistics/wilson.ts';
import { cohensKappa } from './cohensKappa.ts';

/** Rows and kappa from which a judge may decide: "substantial" in Landis and Koch (1977). */
export const enoughRows = 50;
export const enoughKappa = 0.6;

/** Agreement of a judge's scores with what people said; a score is good from one half on. */
export function judgeAgreement(rows: readonly JudgedByPerson[]): JudgeAgreement {
  const pairs = rows.map(({ value, good }) => ({
    expected: passOrFail(good),
    predicted: passOrFail(value >= 0.5),
  }));
  const count = pairs.length;
  const right = pairs.filter(({ expected, predicted }) => expected === predicted).length;
  const kappa = count === 0 ? NaN : cohensKappa(pairs);
  return {
    count,
    rate: right / count,
    ...wilsonInterval(right, count),
    ...(Number.isNaN(kappa) ? {} : { kappa }),
  };
}

function passOrFail(good: boolean): string {
  return good ? 'pass' : 'fail';
}

/** Why a judge may not gate a run; undefined where it was checked well enough. */
export function judgeWarning(agreement: JudgeAgreement | undefined): string | undefined {
  if (!agreement || agreement.count === 0) {
    return 'This judge was never checked against people, so it may not decide by itself. Say of some answers by hand whether they are good, and check it with prompt-refiner judge.';
  }
  const { count, kappa } = agreement;
  if (count < enoughRows) {
    return `This judge was checked on ${count} rows only; with fewer than ${enoughRows} it may not decide by itself.`;
  }
  if (kappa === undefined) {
    return 'People and judge gave every row the same label, which shows nothing; label rows of both kinds.';
  }
  if (kappa >= enoughKappa) return undefined;
  return `This judge agrees with people hardly better than chance allows (kappa ${kappa.toFixed(2)} of ${count} rows, ${enoughKappa} is needed); sharpen its rubric.`;
}
