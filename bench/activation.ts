/**
 * Activation of the extension in a real extension host, by VS Code's own figures: the call of
 * `activate()` at most 50 ms, and loading its code beside it. The median of five fresh windows; the
 * panel is opened to activate it.
 */
import process from 'node:process';
import type { Page } from 'playwright-core';
import { openWorkbench } from '../test/page/support/workbench.ts';

/** Milliseconds. */
interface Activation {
  readonly loading: number;
  readonly call: number;
}

const limitMilliseconds = 50;
const windows = 5;

const figures: Activation[] = [];
for (let window = 0; window < windows; window++) figures.push(await activation());
const call = report(
  'activate()',
  figures.map(each => each.call),
);
report(
  'loading its code',
  figures.map(each => each.loading),
);
console.log(`limit for activate(): ${limitMilliseconds} ms`);
process.exitCode = call <= limitMilliseconds ? 0 : 1;

/** Prints the figures and answers their median. */
function report(what: string, values: readonly number[]): number {
  const median = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  console.log(`${what}: median ${median} ms of ${values.length} windows (${values.join(', ')})`);
  return median;
}

async function activation(): Promise<Activation> {
  const workbench = await openWorkbench();
  try {
    const { page } = workbench;
    await page.getByRole('tab', { name: 'Prompt Refiner' }).first().click();
    await workbench.panelFrame();
    await workbench.runCommand('Developer: Startup Performance');
    return await readRow(page);
  } finally {
    await workbench.close();
  }
}

/** The line of our extension in "Startup Performance": name, eager, load code, call activate, … */
async function readRow(page: Page): Promise<Activation> {
  const text = page.locator('.editor-instance .view-lines').first();
  await text.getByText('System Info').first().waitFor({ timeout: 60_000 });
  await text.click();
  await page.keyboard.press('Control+f');
  await page.locator('.find-widget.visible').first().waitFor({ timeout: 60_000 });
  await page.keyboard.type('prompt-refiner.prompt-refiner');
  const row = text.locator('.view-line', { hasText: 'prompt-refiner.prompt-refiner' }).first();
  const cells = (await row.innerText({ timeout: 60_000 })).split('|').map(cell => cell.trim());
  const [loading, call] = cells.slice(3, 5).map(Number);
  if (loading === undefined || call === undefined || Number.isNaN(loading + call)) {
    throw new Error(`VS Code shows no activation times: "${cells.join(' | ')}".`);
  }
  return { loading, call };
}
