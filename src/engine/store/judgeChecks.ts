import type { Files } from '../core/files.ts';
import type { Judge, JudgeAgreement } from '../core/judge.ts';
import { digest } from './digest.ts';
import { formatJson, numberField, objectField, parseRecord, schema, textField } from './json.ts';
import { judgeChecksFolder } from './layout.ts';

/** One check of a judge against people. */
export interface JudgeCheck {
  readonly agreement: JudgeAgreement;
  /** Name of the dataset with the people's verdicts. */
  readonly dataset: string;
  /** ISO time. */
  readonly checkedAt: string;
}

type Checked = Pick<Judge, 'model' | 'rubric' | 'callsPerAnswer'>;

/** Writes a check beside earlier ones of the same judge: every file is written once. */
export async function saveJudgeCheck(
  files: Files,
  judge: Checked,
  { agreement, dataset, checkedAt }: JudgeCheck,
): Promise<void> {
  const { model, rubric } = judge;
  const text = formatJson({ schema, model, rubric, agreement, dataset, checkedAt });
  for (let number = (await numbersOf(files, judge)).length + 1; ; number += 1) {
    if (await files.write(pathOf(judge, number), text, { ifAbsent: true })) return;
  }
}

/** The newest check of a judge: the same model, rubric and way of asking. */
export async function newestJudgeCheck(
  files: Files,
  judge: Checked,
): Promise<JudgeCheck | undefined> {
  const number = Math.max(0, ...(await numbersOf(files, judge)));
  if (number === 0) return undefined;
  const path = pathOf(judge, number);
  const record = parseRecord(path, (await files.read(path)) ?? '');
  const figures = objectField(path, record, 'agreement');
  return {
    agreement: {
      count: numberField(path, figures, 'count'),
      rate: numberField(path, figures, 'rate'),
      low: numberField(path, figures, 'low'),
      high: numberField(path, figures, 'high'),
      ...('kappa' in figures ? { kappa: numberField(path, figures, 'kappa') } : {}),
    },
    dataset: textField(path, record, 'dataset'),
    checkedAt: textField(path, record, 'checkedAt'),
  };
}

function pathOf(judge: Checked, number: number): string {
  return `${judgeChecksFolder}/${stemOf(judge)}${number}.json`;
}

function stemOf({ model, rubric, callsPerAnswer }: Checked): string {
  return `${digest(JSON.stringify([model, rubric, callsPerAnswer])).slice(0, 16)}-`;
}

async function numbersOf(files: Files, judge: Checked): Promise<number[]> {
  const stem = stemOf(judge);
  const names = await files.list(judgeChecksFolder);
  return names.flatMap(name => {
    const digits = /^([1-9]\d{0,8})\.json$/.exec(name.slice(stem.length))?.[1];
    return name.startsWith(stem) && digits !== undefined ? [Number(digits)] : [];
  });
}
