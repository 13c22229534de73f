import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { htmlReport } from '../../../src/panel/comparisonHtml.ts';
import { presentVersions } from '../../../src/panel/presentVersions.ts';
import { everywhere, formWith, runWith, versionsWith } from '../../support/hostilePlaces.ts';
import type { Places } from '../../support/hostilePlaces.ts';
import { useBrowser } from '../../support/panelFixture.ts';
import type { OpenPage, PanelBrowser } from '../../support/panelPage.ts';
import { panelThemes } from '../../support/panelThemes.ts';

const corpus = fileURLToPath(new URL('../../../../shared/data/bad-input/', import.meta.url));

/** Tried everywhere, so that the test means something where the corpus is absent. */
const ownTexts = [
  '<script>window.__pwned=1</script>',
  '"><img src=x onerror="window.__pwned=1">',
  '<a href="command:workbench.action.closeWindow">x</a>',
  '${alert(1)} {{constructor.constructor("window.__pwned=1")()}}',
  '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
];

describe('Text that wants to be more than text', function () {
  this.timeout(120_000);
  const browser = useBrowser();

  it('stays text in every place of the panel, of the comparison and of its report', async () => {
    await showAll(browser(), ownTexts);
  });

  it('stays text in each place by itself: input, output, error, file, model, note', async () => {
    const look = { theme: panelThemes.dark, width: 320 };
    for (const text of ownTexts) {
      const places: Places = {
        input: `input ${text}`,
        output: `output ${text}`,
        error: `error ${text}`,
        file: `file ${text}`,
        model: `model ${text}`,
        note: `note ${text}`,
      };
      const { input, output, error, file, model, note } = places;
      const panel = await browser().open('panel', look);
      await panel.tell({ type: 'state', revision: 1, state: formWith(places) });
      await stayedText(panel, input, error, file, model);
      await panel.tell({ type: 'state', revision: 2, state: runWith(places) });
      await stayedText(panel, output.slice(0, 59), error, file, model, note);
      await panel.close();
      const comparison = await browser().open('comparison', look);
      const versions = versionsWith(places);
      await comparison.tell({
        type: 'comparison',
        comparison: presentVersions(versions, { kind: 'all', from: 0 }),
      });
      const all = [input, output.slice(0, 59), error.slice(0, 59), file, model, note];
      await stayedText(comparison, ...all);
      const report = await openReport(comparison);
      await report.show(htmlReport(versions));
      await stayedText(report, ...all);
      await report.close();
      await comparison.close();
    }
  });

  it('stays text, each of the 574 of the shared corpus', async function () {
    this.timeout(600_000);
    if (!existsSync(corpus)) {
      console.log(`      skipped: there is no ${corpus}`);
      return this.skip();
    }
    const lines = readFileSync(join(corpus, 'strings/webview.jsonl'), 'utf8').split('\n');
    const texts = lines.filter(Boolean).map(line => (JSON.parse(line) as { text: string }).text);
    const naughty = JSON.parse(readFileSync(join(corpus, 'blns/blns.json'), 'utf8')) as string[];
    assert.equal(texts.length + naughty.length, 574);
    await showAll(browser(), [...texts, ...naughty]);
  });
});

async function showAll(browser: PanelBrowser, texts: readonly string[]): Promise<void> {
  const look = { theme: panelThemes.dark, width: 320 };
  const panel = await browser.open('panel', look);
  const comparison = await browser.open('comparison', look);
  const report = await openReport(comparison);
  // Each waits for its own frames, so all three at once.
  await Promise.all([
    inTurn(texts, async text => {
      for (const state of [formWith(everywhere(text)), runWith(everywhere(text))]) {
        await panel.tell({ type: 'state', revision: 1, state });
        await stayedText(panel, text);
      }
    }),
    inTurn(texts, async text => {
      const versions = presentVersions(versionsWith(everywhere(text)));
      await comparison.tell({ type: 'comparison', comparison: versions });
      await stayedText(comparison, text);
    }),
    inTurn(texts, async text => {
      await report.show(htmlReport(versionsWith(everywhere(text))));
      await stayedText(report, text);
    }),
  ]);
  // Nothing that was shown has asked the host for anything.
  assert.deepEqual(await panel.said(), [{ type: 'panel-ready' }]);
  assert.deepEqual(await comparison.said(), [{ type: 'comparison-ready' }]);
  for (const each of [panel, report, comparison]) await each.close();
}

async function inTurn(
  texts: readonly string[],
  look: (text: string) => Promise<void>,
): Promise<void> {
  for (const text of texts) await look(text);
}

type Watched = Pick<OpenPage, 'page' | 'problems' | 'strayRequests' | 'navigations'>;

/** A page for the exported file, which has its own policy; everything that it asks for is noted. */
async function openReport({ page: beside }: OpenPage) {
  // A window of its own: beside another tab, the other one would draw once a second only.
  const context = await beside.context().browser()?.newContext();
  const page = (await context?.newPage()) ?? assert.fail('The browser is gone.');
  const watched: Watched = { page, problems: [], strayRequests: [], navigations: [] };
  page.on('pageerror', error => watched.problems.push(error.message));
  page.on('dialog', dialog => {
    watched.problems.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', request => watched.strayRequests.push(request.url()));
  page.on('framenavigated', frame => watched.navigations.push(frame.url()));
  return {
    ...watched,
    show: (html: string) => page.setContent(html),
    close: () => page.context().close(),
  };
}

async function stayedText(open: Watched, ...texts: readonly string[]): Promise<void> {
  const [text = ''] = texts;
  const found = await open.page.evaluate<Record<string, unknown>>(`({
    pwned: typeof window.__pwned,
    elements: document.body.querySelectorAll(':is(main, body > *) :is(script, img, svg, iframe, object, embed, a, meta, style, link, base, form form, video, audio)').length,
    handlers: [...document.body.querySelectorAll('*')].filter(element => [...element.attributes].some(({ name }) => /^on/i.test(name))).length,
    styled: document.body.querySelectorAll('[style*="url("]').length,
  })`);
  assert.deepEqual(found, { pwned: 'undefined', elements: 0, handlers: 0, styled: 0 }, text);
  assert.deepEqual(open.strayRequests, [], text);
  assert.deepEqual(open.navigations, [], text);
  assert.deepEqual(open.problems, [], text);
  const shown = normal(await open.page.evaluate<string>('document.body.textContent'));
  for (const each of texts) {
    assert.ok(shown.includes(normal(each)), `not shown as it is: ${each}`);
  }
}

/** The page may break lines differently; everything else has to be there. */
function normal(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\s+/g, ' ').trim();
}
