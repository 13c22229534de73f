import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { patience } from './hands.ts';
import type { Workbench } from './workbench.ts';

/** Opens the Run view from the activity bar. */
export async function openRunView(workbench: Workbench): Promise<Frame> {
  const tab = workbench.page.getByRole('tab', { name: /^Prompt Refiner/ }).first();
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  return workbench.panelFrame();
}

/**
 * Chooses an entry of a drop-down by its label, with the keyboard: a list that opens below the edge
 * of the view cannot be clicked.
 */
export async function choose(view: Frame, field: string, label: string): Promise<void> {
  const select = view.locator(`vscode-single-select[data-field="${field}"]`);
  await select.waitFor({ timeout: patience });
  await select.focus();
  await select.press('Space');
  const wanted = new RegExp(`^\\s*${label}`);
  const active = select.locator('.option.active');
  await active.waitFor({ timeout: patience });
  const labels = await select.locator('.option').allInnerTexts();
  const to = labels.findIndex(each => wanted.test(each));
  assert.ok(to >= 0, `${label} is none of ${labels.join(', ')}`);
  // A state of the host that arrives meanwhile may move what is highlighted: look at each step.
  for (let step = 0; step < 3 * labels.length; step++) {
    const at = Number(await active.getAttribute('data-filtered-index'));
    if (at === to) break;
    await select.press(at < to ? 'ArrowDown' : 'ArrowUp');
  }
  await select.press('Enter');
}

/** Writes into a field of the form and leaves it. */
export async function write(view: Frame, field: string, text: string): Promise<void> {
  const input = view.locator(`vscode-textfield[data-field="${field}"] input`);
  await input.fill(text);
  await input.press('Tab');
}

/** A button of the view, by what it does. */
export function action(view: Frame, name: string): Locator {
  return view.locator(`[data-action="${name}"]`).first();
}

/** Makes the side bar this wide, in pixels, by dragging its edge. */
export async function widenSideBar({ page }: Workbench, width: number): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (!bar) throw new Error('There is no side bar to widen.');
  const [edge, middle] = [bar.x + bar.width + 1, bar.y + bar.height / 3];
  await page.mouse.move(edge, middle);
  await page.mouse.down();
  await page.mouse.move(bar.x + width, middle, { steps: 5 });
  await page.mouse.up();
}
