/**
 * The Run view with 2,000 trials and with 100,000 rows: how large a state is, how long the host
 * needs to make it, how long the page needs to draw it, and how many frames a second it scrolls.
 * The first paint is that of the page in a real VS Code, from its own beginning.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { repository } from '../scripts/host/places.ts';
import { textDiff } from '../src/engine/compare/textDiff.ts';
import type { RunState } from '../src/engine/index.ts';
import type { PanelState } from '../src/panel/messages.ts';
import { presentPanel, presentRun } from '../src/panel/present.ts';
import { aScore, evaluationEvents, foldRun } from '../test/support/panelBuilders.ts';
import { longRun } from '../test/support/panelLongRun.ts';
import { openRunView } from '../test/page/support/runView.ts';
import { openWorkbench } from '../test/page/support/workbench.ts';
import { startPanelBrowser, type OpenPage } from '../test/support/panelPage.ts';
import { endedEvents } from '../test/support/panelRuns.ts';
import { readyParts } from '../test/support/panelStates.ts';
import { panelThemes } from '../test/support/panelThemes.ts';

const bundleLimit = 350 * 1024;
const elementLimit = 2_000;

const states: Readonly<Record<string, { readonly state: RunState; readonly box: string }>> = {
  '2,000 trials': { state: longRun(2_000), box: '.box:has(.trials)' },
  '100,000 rows': { state: manyRows(100_000), box: '.box:has(.rows)' },
};

const browser = await startPanelBrowser();
let passed = true;
try {
  const bundle = statSync(join(repository, 'dist/panel/main.js')).size;
  console.log(`bundle of the panel: ${kilobytes(bundle)} (limit ${kilobytes(bundleLimit)})`);
  passed &&= bundle <= bundleLimit;
  for (const [name, { state, box }] of Object.entries(states)) {
    const [made, again] = [timed(() => shown(state)), timed(() => shown(state))];
    const size = Buffer.byteLength(JSON.stringify(made.value));
    const open = await browser.open('panel', { theme: panelThemes.dark, width: 320 });
    const first = await drawn(open, made.value, 1);
    const redrawn = await drawn(open, again.value, 2);
    const elements = await open.page.evaluate<number>(`document.querySelectorAll('*').length`);
    const frames = await framesOf(open, box);
    await open.close();
    console.log(
      `${name}: state ${kilobytes(size)}, made in ${made.ms.toFixed(0)} ms, again in ${again.ms.toFixed(0)} ms; ` +
        `drawn in ${first.toFixed(0)} ms, again in ${redrawn.toFixed(0)} ms; ${elements} elements ` +
        `(limit ${elementLimit}); ${frames.toFixed(0)} frames a second while it scrolls`,
    );
    passed &&= elements <= elementLimit;
  }
} finally {
  await browser.close();
}
console.log(`first paint in VS Code: ${(await firstPaint()).toFixed(0)} ms (aim 300 ms)`);
process.exitCode = passed ? 0 : 1;

async function firstPaint(): Promise<number> {
  const workbench = await openWorkbench();
  try {
    const view = await openRunView(workbench);
    await view.getByText('Try the demo').waitFor();
    return await view.evaluate<number>(
      `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`,
    );
  } finally {
    await workbench.close();
  }
}

function shown(state: RunState): PanelState {
  const run = presentRun(state, {
    status: state.ended ? 'ended' : 'running',
    diff: textDiff,
    rows: { kind: 'all', from: 0 },
  });
  return presentPanel(readyParts({ run }));
}

function timed<Value>(work: () => Value): { readonly value: Value; readonly ms: number } {
  const start = performance.now();
  const value = work();
  return { value, ms: performance.now() - start };
}

/** Milliseconds from the message to the frame after it. */
async function drawn(open: OpenPage, state: PanelState, revision: number): Promise<number> {
  const message = JSON.stringify({ type: 'state', revision, state });
  return open.page.evaluate<number>(`new Promise(done => {
    const message = ${message};
    const start = performance.now();
    dispatchEvent(new MessageEvent('message', { data: message }));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  })`);
}

/** Frames a second over two seconds of scrolling, 40 pixels a frame. */
function framesOf(open: OpenPage, box: string): Promise<number> {
  return open.page.evaluate<number>(`new Promise(done => {
    const box = document.querySelector(${JSON.stringify(box)});
    const start = performance.now();
    let frames = 0;
    const step = now => {
      frames += 1;
      box.scrollTop += 40;
      if (now - start < 2000) requestAnimationFrame(step);
      else done(frames / ((now - start) / 1000));
    };
    requestAnimationFrame(step);
  })`);
}

/** A verdict on so many rows. */
function manyRows(count: number): RunState {
  const evaluations = ['original', 'c2'].flatMap(candidateId => {
    const ended = evaluationEvents({
      candidateId,
      purpose: 'claim',
      score: aScore(0.5, count),
      answer: row => ({ output: `answer ${row}`, value: candidateId === 'c2' ? 1 : row % 2 }),
    }).at(-1);
    return ended?.type === 'evaluation-end' ? [ended.evaluation] : [];
  });
  return { ...foldRun(endedEvents()), evaluations };
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KB`;
}
