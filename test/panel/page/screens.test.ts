import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { overflowOf, useBrowser } from '../../support/panelFixture.ts';
import { comparisonStates } from '../../support/panelComparisons.ts';
import { panelStates } from '../../support/panelStates.ts';
import { panelThemes } from '../../support/panelThemes.ts';

const pictures = resolve(import.meta.dirname, '../../out/panel');

describe('Every screen of the panel, in four themes and two widths', function () {
  this.timeout(120_000);
  const browser = useBrowser();
  before(() => mkdirSync(pictures, { recursive: true }));

  for (const [themeName, theme] of Object.entries(panelThemes)) {
    for (const width of [300, 500]) {
      it(`keeps the policy and never scrolls sideways: ${themeName}, ${width} px`, async () => {
        const open = await browser().open('panel', { theme, width });
        for (const [name, state] of Object.entries(panelStates())) {
          await open.tell({ type: 'state', revision: 1, state });
          await open.page.screenshot({
            path: join(pictures, `${name}-${themeName}-${width}.png`),
            fullPage: true,
          });
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
          await open.page.screenshot({
            path: join(pictures, `${name}-${themeName}-${width}.png`),
            fullPage: true,
          });
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
