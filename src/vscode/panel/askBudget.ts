import { window } from 'vscode';
import type { Budget } from '../../engine/index.ts';

const units: Readonly<Record<keyof Budget, string>> = {
  usd: 'USD',
  tokens: 'tokens',
  calls: 'calls',
  minutes: 'minutes',
};

/** Asks for a larger limit in the place of each that there was; undefined where the person leaves. */
export async function askBudget(used: Budget): Promise<Budget | undefined> {
  const larger: Partial<Record<keyof Budget, number>> = {};
  for (const [limit, unit] of Object.entries(units) as [keyof Budget, string][]) {
    const before = used[limit];
    if (before === undefined) continue;
    const text = await window.showInputBox({
      title: `Budget of the run, in ${unit}`,
      prompt: `It was ${before}. What was spent already counts.`,
      value: String(before * 2),
      ignoreFocusOut: true,
      validateInput: value =>
        Number(value) > before ? undefined : `Write a number above ${before}.`,
    });
    if (text === undefined) return undefined;
    larger[limit] = Number(text);
  }
  return larger;
}
