/**
 * The Run view with 2,000 trials and with 100,000 rows: how large a whole state is and how large the
 * message of a change, how long the host needs to make them and the page to draw them, and how many
 * frames a second it scrolls.
 * The first paint is that of the page in a real VS Code, from its own beginning.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { repository } from '../scripts/host/places.ts';
import { textDiff } from '../src/engine/compare/textDiff.ts';
import { reduce } from '../src/engine/index.ts';
import type { RunState } from '../src/engine/index.ts';
import { hostMessages } from '../src/panel/hostMessages.ts';
import type { HostMessage, PanelState } from '../src/panel/messages.ts';
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

interface Long {
  readonly state: RunState;
  /** What comes after it, as often as ten times a second. */
  readonly next: RunState;
  readonly change: string;
  readonly box: string;
}

const states: Readonly<Record<string, Long>> = {
  '2,000 trials': {
    state: longRun(2_000),
    next: longRun(2_001),
    change: 'one trial more',
    box: '.box:has(.trials)',
  },
  '100,000 rows': rowsAndSaved(100_000),
};

const browser = await startPanelBrowser();
let passed = true;
try {
  const bundle = statSync(join(repository, 'dist/panel/main.js')).size;
  console.log(`bundle of the panel: ${kilobytes(bundle)} (limit ${kilobytes(bundleLimit)})`);
  passed &&= bundle <= bundleLimit;
  for (const [name, { state, next, change, box }] of Object.entries(states)) {
    const messages = hostMessages();
    const whole = timed(() => messages.next(1, shown(state)));
    const changed = timed(() => messages.next(2, shown(next)));
    const open = await browser.open('panel', { theme: panelThemes.dark, width: 320 });
    const first = await drawn(open, whole.value);
    const redrawn = await drawn(open, changed.value);
    const elements = await open.page.evaluate<number>(`document.querySelectorAll('*').length`);
    const frames = await framesOf(open, box);
    await open.close();
    console.log(
      `${name}: whole state ${sizeOf(whole.value)}, made in ${whole.ms.toFixed(0)} ms, drawn in ${first.toFixed(0)} ms; ` +
        `${change}: message ${sizeOf(changed.value)}, made in ${changed.ms.toFixed(0)} ms, drawn in ${redrawn.toFixed(0)} ms; ` +
        `${elements} elements (limit ${elementLimit}); ${frames.toFixed(0)} frames a second while it scrolls`,
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
async function drawn(open: OpenPage, message: HostMessage | undefined): Promise<number> {
  return open.page.evaluate<number>(`new Promise(done => {
    const message = ${JSON.stringify(message)};
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

/** So many rows with their verdict, and the same once the winner is saved. */
function rowsAndSaved(count: number): Long {
  const state = manyRows(count);
  return {
    state,
    next: reduce(state, { type: 'version-save', candidateId: 'c2', version: 4 }),
    change: 'the winner saved',
    box: '.box:has(.rows)',
  };
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

/** As JSON, which is how VS Code carries it. */
function sizeOf(message: HostMessage | undefined): string {
  return kilobytes(Buffer.byteLength(JSON.stringify(message ?? '')));
}

function kilobytes(bytes: number): string {
  return `${bytes < 10_240 ? (bytes / 1024).toFixed(1) : Math.round(bytes / 1024)} KB`;
}
