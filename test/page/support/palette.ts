import type { Page } from 'playwright-core';

/** Until then an extension that has just been loaded must have brought its commands. */
const limitMilliseconds = 20_000;

/**
 * Chooses a command in the command palette by its exact title, its category included
 * ("Prompt Refiner: Compare Prompt Versions").
 * @throws Error that names the titles that were offered instead
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const giveUp = Date.now() + limitMilliseconds;
  for (;;) {
    const offered = await offeredCommands(page, title);
    if (offered.includes(title)) {
      // By its words and not by its place: the list may still be sorted anew.
      const words = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const label = page.locator('.label-name', { hasText: new RegExp(`^\\s*${words}\\s*$`) });
      await rows(page).filter({ has: label }).first().click();
      return;
    }
    await page.keyboard.press('Escape');
    if (Date.now() > giveUp) {
      throw new Error(
        `No command is called "${title}". Offered: ${offered.join(' | ') || 'none'}.`,
      );
    }
  }
}

/** Opens the palette anew each time: it does not show commands that arrive while it is open. */
async function offeredCommands(page: Page, title: string): Promise<string[]> {
  const input = page.locator('.quick-input-widget input.input');
  await page.keyboard.press('F1');
  await input.waitFor({ state: 'visible' });
  await input.fill(`>${title}`);
  const row = rows(page).filter({ hasText: title }).first();
  await row.waitFor({ state: 'visible', timeout: 2_000 }).catch(() => undefined);
  return rows(page).locator('.label-name').allInnerTexts();
}

function rows(page: Page) {
  return page.locator('.quick-input-list .monaco-list-row');
}
