import type { Frame, Page } from 'playwright-core';

/** Where a webview is shown. */
export type WebviewPlace = 'side-bar' | 'editor';

const limitMilliseconds = 20_000;

/**
 * The document inside of a webview. VS Code nests it: the outer frame (`pre/index.html`) carries the
 * place in its address, the inner one (`pre/fake.html`) the page itself.
 * @throws Error where no such webview draws anything in time
 */
export async function webviewFrame(page: Page, place: WebviewPlace): Promise<Frame> {
  const giveUp = Date.now() + limitMilliseconds;
  for (;;) {
    for (const frame of page.frames()) {
      if (placeOf(frame) === place && (await hasContents(frame))) return frame;
    }
    if (Date.now() > giveUp) {
      const seen = page.frames().map(frame => frame.url().slice(0, 160));
      throw new Error(`No webview shows anything in the ${place}. Frames:\n${seen.join('\n')}`);
    }
    await page.waitForTimeout(100);
  }
}

function placeOf(frame: Frame): WebviewPlace | undefined {
  if (!frame.url().includes('/webview/browser/pre/fake.html')) return undefined;
  const outer = new URL(frame.parentFrame()?.url() ?? frame.url());
  return outer.searchParams.get('purpose') === 'webviewView' ? 'side-bar' : 'editor';
}

async function hasContents(frame: Frame): Promise<boolean> {
  // A frame that is being replaced while we look is one that has nothing to show yet.
  const count = await frame
    .locator('body > *')
    .count()
    .catch(() => 0);
  return count > 0;
}
