import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures wider than this go two in a line. */
const narrowPixels = 400;

/** Puts pictures beside each other in their own size, each with its name above. */
export async function drawSheet(
  window: Page,
  paths: readonly string[],
  target: string,
): Promise<void> {
  const pictures = paths.map(path => ({ path, bytes: readFileSync(path) }));
  const widest = Math.max(...pictures.map(({ bytes }) => bytes.readUInt32BE(16)));
  const columns = widest > narrowPixels ? 2 : paths.length;
  const figures = pictures.map(
    ({ path, bytes }) =>
      `<figure><figcaption>${basename(path, '.png')}</figcaption><img src="data:image/png;base64,${bytes.toString('base64')}"></figure>`,
  );
  const page = await window.context().browser()?.newPage();
  if (!page) throw new Error('The browser is gone.');
  await page.setViewportSize({ width: columns * (widest + 8), height: 200 });
  await page.setContent(
    `<style>body{margin:0;background:#777;display:grid;gap:8px;grid-template-columns:repeat(${columns},max-content);font:12px sans-serif}figure{margin:0}img{display:block}</style>${figures.join('')}`,
  );
  await page.screenshot({ path: target, fullPage: true });
  await page.close();
}
