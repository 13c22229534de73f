import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { useBrowser } from '../../support/panelFixture.ts';
import { comparisonStates } from '../../support/panelComparisons.ts';
import type { OpenPage } from '../../support/panelPage.ts';
import { panelStates } from '../../support/panelStates.ts';
import { panelThemes } from '../../support/panelThemes.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

describe('Every screen as axe-core sees it, in four themes', function () {
  this.timeout(240_000);
  const browser = useBrowser();

  for (const [themeName, theme] of Object.entries(panelThemes)) {
    it(`has no serious finding: ${themeName}`, async () => {
      const found = new Set<string>();
      const panel = await browser().open('panel', { theme, width: 320 });
      await panel.page.evaluate(axeSource);
      for (const [name, state] of Object.entries(panelStates())) {
        await panel.tell({ type: 'state', revision: 1, state });
        for (const each of await seriousFindings(panel)) found.add(`${name}: ${each}`);
      }
      await panel.close();
      const comparison = await browser().open('comparison', { theme, width: 1_000 });
      await comparison.page.evaluate(axeSource);
      for (const [name, state] of Object.entries(comparisonStates())) {
        await comparison.tell({ type: 'comparison', comparison: state });
        for (const each of await seriousFindings(comparison)) found.add(`${name}: ${each}`);
      }
      await comparison.close();
      assert.deepEqual([...found], []);
    });
  }
});

async function seriousFindings({ page }: OpenPage): Promise<string[]> {
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run(document, { resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(node => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
    );
}
