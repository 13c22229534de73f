import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textDiff } from '../../../src/engine/compare/textDiff.ts';
import type { RunEvent } from '../../../src/engine/index.ts';
import { presentPanel } from '../../../src/panel/present.ts';
import { presentVersions } from '../../../src/panel/presentVersions.ts';
import {
  aCandidate,
  aClaim,
  aHeader,
  aScore,
  evaluationEvents,
  trialEvents,
} from '../../support/panelBuilders.ts';
import { useBrowser } from '../../support/panelFixture.ts';
import type { OpenPage, PanelBrowser } from '../../support/panelPage.ts';
import { someVersions } from '../../support/panelComparisons.ts';
import { viewOf } from '../../support/panelRuns.ts';
import { filledForm, readyParts } from '../../support/panelStates.ts';
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

  it('stays text in every place of the panel and of the comparison', async () => {
    await showAll(browser(), ownTexts);
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
  for (const text of texts) {
    for (const state of [formWith(text), runWith(text)]) {
      await panel.tell({ type: 'state', revision: 1, state });
      await stayedText(panel, text);
    }
    await comparison.tell({ type: 'comparison', comparison: comparisonWith(text) });
    await stayedText(comparison, text);
  }
  // Nothing that was shown has asked the host for anything.
  assert.deepEqual(await panel.said(), [{ type: 'panel-ready' }]);
  assert.deepEqual(await comparison.said(), [{ type: 'comparison-ready' }]);
  await panel.close();
  await comparison.close();
}

async function stayedText(open: OpenPage, text: string): Promise<void> {
  const found = await open.page.evaluate<Record<string, unknown>>(`({
    pwned: typeof window.__pwned,
    elements: document.querySelectorAll('main :is(script, img, svg, iframe, object, embed, a, meta, style, link, base, form form, video, audio)').length,
    handlers: [...document.querySelectorAll('main *')].filter(element => [...element.attributes].some(({ name }) => /^on/i.test(name))).length,
    styled: document.querySelectorAll('main [style*="url("]').length,
  })`);
  assert.deepEqual(found, { pwned: 'undefined', elements: 0, handlers: 0, styled: 0 }, text);
  assert.deepEqual(open.strayRequests, [], text);
  assert.deepEqual(open.navigations, [], text);
  assert.deepEqual(open.problems, [], text);
  const shown = await open.page.evaluate<string>('document.body.textContent');
  assert.ok(normal(shown).includes(normal(text)), `not shown as it is: ${text}`);
}

/** The page may break lines differently; everything else has to be there. */
function normal(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\s+/g, ' ').trim();
}

/** In input, column, file, model, metric, remedy, note. */
function formWith(text: string): ReturnType<typeof presentPanel> {
  const dataset = readyParts().dataset ?? assert.fail();
  return presentPanel(
    readyParts({
      form: { ...filledForm, dataset: text, expected: text, metric: text, taskModel: text },
      prompt: { label: text, placeholders: [text, 'ticket'] },
      dataset: {
        ...dataset,
        name: text,
        columns: [text, 'queue'],
        rows: [{ [text]: text }],
        problems: [{ line: 1, message: text }],
      },
      metrics: [{ name: text, description: text, direction: 'higher', range: [0, 1] }],
      providers: [
        {
          provider: 'openai',
          models: [{ id: text, provider: 'openai', origin: text, shutdownDate: text }],
          problem: text,
        },
      ],
      problems: [{ field: 'sampleK', message: text, remedy: { id: text, label: text } }],
      estimate: { problem: text },
      runs: [
        {
          runId: text,
          promptName: text,
          kind: 'optimize',
          startedAt: text,
          status: 'interrupted',
          folder: text,
        },
      ],
    }),
  );
}

/** In output, error, name, model, operator, rationale, reason, diff, verdict. */
function runWith(text: string): ReturnType<typeof presentPanel> {
  const header = aHeader({
    promptName: text,
    datasetName: text,
    taskModel: text,
    optimizerModel: text,
    metrics: ['accuracy', text],
  });
  const events: RunEvent[] = [
    { type: 'run-start', header },
    ...evaluationEvents({
      candidateId: 'original',
      purpose: 'original',
      score: aScore(0.5, 2),
      rows: 3,
      failures: [text],
    }),
    ...trialEvents({
      number: 1,
      parentId: 'original',
      candidate: aCandidate('c1', text, { operator: text, rationale: text }),
      before: aScore(0.5, 2),
      after: aScore(0.6, 2),
      accepted: true,
      reason: text,
    }),
    { type: 'wait', role: 'task', ms: 1_000, why: text },
    ...['original', 'c1'].flatMap(candidateId =>
      evaluationEvents({
        candidateId,
        purpose: 'claim',
        score: aScore(0.5, 2),
        answer: row => ({ output: text, value: row }),
      }),
    ),
    { type: 'claim-end', claim: aClaim({ bestId: 'c1', sentence: text }) },
    { type: 'run-end', reason: 'failed', bestId: 'c1', sentence: text },
  ];
  return presentPanel(readyParts({ run: viewOf(events, 'ended', 1) }));
}

/** In prompt, name, note, dataset, model, output, error. */
function comparisonWith(text: string): ReturnType<typeof presentVersions> {
  const whole = someVersions(1);
  const pairs = whole.pairs.map(({ left, right, rows }) => ({
    left: { ...left, promptName: text, note: text, createdAt: text },
    right: { ...right, note: text, prompt: { system: text, output: text } },
    system: textDiff(left.prompt.system, text),
    output: textDiff(text, text),
    rows: rows.map(row => ({ ...row, metric: text, datasetName: text, taskModel: text })),
  }));
  const { rows } = whole;
  return presentVersions({
    ...whole,
    pairs,
    versions: whole.versions.map(version => ({ ...version, promptName: text, note: text })),
    ...(rows
      ? {
          rows: {
            ...rows,
            datasetName: text,
            rows: rows.rows.map(row => ({
              ...row,
              cells: [
                { outcome: 'ok', value: 1, output: text },
                { outcome: 'failed', failure: text },
                { outcome: 'ok', value: 0, output: text },
              ],
            })),
          },
        }
      : {}),
  });
}
