import assert from 'node:assert/strict';
import { comparisonStates } from '../../support/panelComparisons.ts';
import { useBrowser } from '../../support/panelFixture.ts';
import { panelThemes } from '../../support/panelThemes.ts';

describe('The comparison in a browser', function () {
  this.timeout(60_000);
  const browser = useBrowser();

  it('asks for what each button says', async () => {
    const open = await browser().open('comparison', { theme: panelThemes.light, width: 900 });
    await open.tell({ type: 'comparison', comparison: comparisonStates()['compared'] });
    await open.page.getByRole('button', { name: 'Open diff' }).click();
    await open.page.getByRole('button', { name: 'Reverse' }).click();
    await open.page.getByRole('button', { name: 'triage v4' }).click();
    await open.page.getByRole('button', { name: 'Add version' }).click();
    await open.page.getByRole('button', { name: 'Export' }).click();
    await open.page.locator('[data-row="test-2"] td').first().click();
    assert.deepEqual(await open.said(), [
      { type: 'comparison-ready' },
      { type: 'diff-open' },
      { type: 'versions-swap' },
      { type: 'version-open', place: 1 },
      { type: 'version-add' },
      { type: 'report-export' },
      { type: 'row-diff', exampleId: 'test-2', place: 0 },
    ]);
    assert.deepEqual(open.problems, []);
    await open.close();
  });
});
