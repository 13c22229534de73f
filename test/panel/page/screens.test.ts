import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { overflowOf, useBrowser } from '../../support/panelFixture.ts';
import type { OpenPage } from '../../support/panelPage.ts';
import { comparisonStates } from '../../support/panelComparisons.ts';
import { panelStates } from '../../support/panelStates.ts';
import { panelThemes } from '../../support/panelThemes.ts';

/** With `PICTURES=FOLDER` every screen is put there, to be looked at. */
const pictures = process.env['PICTURES'];

async function picture({ page }: OpenPage, name: string): Promise<void> {
  if (pictures === undefined) return;
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

describe('Every screen of the panel, in four themes and two widths', function () {
  this.timeout(120_000);
  const browser = useBrowser();
  before(() => pictures !== undefined && mkdirSync(pictures, { recursive: true }));

  for (const [themeName, theme] of Object.entries(panelThemes)) {
    for (const width of [300, 500]) {
      it(`keeps the policy and never scrolls sideways: ${themeName}, ${width} px`, async () => {
        const open = await browser().open('panel', { theme, width });
        for (const [name, state] of Object.entries(panelStates())) {
          await open.tell({ type: 'state', revision: 1, state });
          await picture(open, `${name}-${themeName}-${width}`);
          assert.equal(await overflowOf(open), 0, `${name} scrolls sideways`);
          assert.deepEqual(open.problems, [], name);
        }
        assert.deepEqual(open.strayRequests, []);
        await open.close();
      });
    }

    it(`shows a comparison in ${themeName}`, async () => {
      for (const width of [420, 1_000]) {
        const open = await browser().open('comparison', { theme, width });
        for (const [name, comparison] of Object.entries(comparisonStates())) {
          await open.tell({ type: 'comparison', comparison });
          await picture(open, `${name}-${themeName}-${width}`);
          assert.equal(await overflowOf(open), 0, `${name} scrolls sideways`);
        }
        assert.deepEqual(open.problems, []);
        await open.close();
      }
    });
  }

  it('comes as a bundle of 350 KB at most', () => {
    const size = browser().bundle.get('/panel/main.js')?.byteLength ?? Infinity;
    assert.ok(size <= 350 * 1024, `${size} bytes`);
  });
});
