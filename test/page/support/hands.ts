import type { Locator, Page } from 'playwright-core';

/** Anything that a click brings about is there by then, on a busy machine too. */
export const patience = 45_000;

/** Opens a file of the workspace by its name, as Ctrl+P does, and waits for its text. */
export async function openFile(page: Page, name: string): Promise<void> {
  const base = name.split('/').at(-1) ?? name;
  // A file that was just written is found a moment later only.
  await until(`${name} among the files`, async () => {
    await page.keyboard.press('Control+p');
    await quickInput(page).waitFor({ timeout: patience });
    await quickInput(page).fill(name);
    const labels = page.locator('.quick-input-list .monaco-list-row .label-name');
    const row = labels.getByText(base, { exact: true }).first();
    // The list closes where something else takes the focus: then it is opened again.
    const isChosen = await row.click({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (!isChosen) await page.keyboard.press('Escape');
    return isChosen;
  });
  await page.locator('.tab.active', { hasText: base }).waitFor({ timeout: patience });
  await page.locator('.editor-instance .view-lines').first().waitFor({ timeout: patience });
}

/** Selects the lines of the open file from the first to the last, both whole. Lines count from 1. */
export async function selectLines(page: Page, first: number, last: number): Promise<void> {
  await putCursor(page, first);
  for (let line = first; line < last; line++) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+End');
}

/** Puts the cursor at the beginning of a line of the open file. */
export async function putCursor(page: Page, line: number): Promise<void> {
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+g');
  await quickInput(page).waitFor({ timeout: patience });
  await quickInput(page).fill(`:${line}`);
  await page.keyboard.press('Enter');
  await quickInput(page).waitFor({ state: 'hidden', timeout: patience });
}

/** Clicks the line of the open list of choices that holds this text. */
export async function pick(page: Page, text: string | RegExp): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  await row.waitFor({ timeout: patience });
  await row.click();
}

/** Answers the open question with a text. */
export async function answer(page: Page, text: string): Promise<void> {
  await quickInput(page).waitFor({ timeout: patience });
  await quickInput(page).fill(text);
  await page.keyboard.press('Enter');
}

/** Right-click on the line of the open editor that holds this text, then this entry. */
export async function chooseInContextMenu(page: Page, line: string, label: string): Promise<void> {
  const clicked = page.locator('.editor-instance .view-line', { hasText: line }).first();
  await clicked.click({ button: 'right', position: { x: 40, y: 8 } });
  const entry = page.locator('.context-view .action-label', { hasText: new RegExp(`^${label}$`) });
  await entry.waitFor({ timeout: patience });
  // A menu that has just opened takes the end of the click that opened it for a cancel.
  await entry.hover();
  await entry.click({ delay: 150 });
}

/** A button in the title of the open editor. */
export function titleButton(page: Page, label: string): Locator {
  return page.locator('.editor-actions').getByRole('button', { name: label });
}

/**
 * A message of ours; its sentence and its buttons can be read from it. This VS Code shows only
 * errors by itself while it is driven, so the list of messages is opened where it has to be.
 */
export async function message(page: Page, text: string | RegExp): Promise<Locator> {
  const found = page.locator('.notification-list-item:visible', { hasText: text }).first();
  const isShown = await found.waitFor({ timeout: 3_000 }).then(
    () => true,
    () => false,
  );
  if (!isShown && !(await page.locator('.notifications-center.visible').isVisible())) {
    await page.locator('[id="status.notifications"]').click();
  }
  await found.waitFor({ timeout: patience });
  return found;
}

/** Clears all messages away. */
export async function clearMessages(page: Page): Promise<void> {
  const bell = page.locator('[id="status.notifications"]');
  const center = page.locator('.notifications-center.visible');
  if (!(await center.isVisible())) await bell.click();
  const clear = center.getByRole('button', { name: 'Clear All Notifications' });
  if (await clear.isEnabled()) await clear.click();
  if (await center.isVisible()) await bell.click();
}

/** The labels of the buttons under a message. */
export async function buttonsOf(shown: Locator): Promise<string[]> {
  return shown.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts();
}

/** The text of the sentence of a message. */
export async function sentenceOf(shown: Locator): Promise<string> {
  return shown.locator('.notification-list-item-message').innerText();
}

/** Waits until something is so. @throws Error that names it where it never comes true */
export async function until<Found>(
  what: string,
  look: () => Found | undefined | false | Promise<Found | undefined | false>,
): Promise<Found> {
  const giveUp = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > giveUp) throw new Error(`In ${patience / 1000} s there was no ${what}.`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget input.input');
}
