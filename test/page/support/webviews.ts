import type { Frame, Page } from 'playwright-core';

/** Where a webview is shown. */
export type WebviewPlace = 'side-bar' | 'editor';

const limitMilliseconds = 45_000;

/**
 * The document inside of a webview. VS Code nests it: the outer frame (`pre/index.html`) lies over
 * the place, the inner one (`pre/fake.html`) holds the page itself.
 * @throws Error where no such webview draws anything in time
 */
export async function webviewFrame(page: Page, place: WebviewPlace): Promise<Frame> {
  const giveUp = Date.now() + limitMilliseconds;
  for (;;) {
    for (const frame of page.frames()) {
      // A frame that is being replaced while we look is one that has nothing to show yet.
      const isIt = await isShownAt(page, frame, place).catch(() => false);
      if (isIt) return frame;
    }
    if (Date.now() > giveUp) {
      const seen = page.frames().map(frame => frame.url().slice(0, 160));
      throw new Error(`No webview shows anything in the ${place}. Frames:\n${seen.join('\n')}`);
    }
    await page.waitForTimeout(100);
  }
}

async function isShownAt(page: Page, frame: Frame, place: WebviewPlace): Promise<boolean> {
  if (!frame.url().includes('/webview/browser/pre/fake.html')) return false;
  const outer = await frame.parentFrame()?.frameElement();
  const part = page.locator(place === 'side-bar' ? '.part.sidebar' : '.part.editor').first();
  const [box, around] = [await outer?.boundingBox(), await part.boundingBox()];
  if (!box || !around || !(await outer?.isVisible())) return false;
  const middle = box.x + box.width / 2;
  const isInside = middle > around.x && middle < around.x + around.width;
  return isInside && (await frame.locator('body > *').count()) > 0;
}
