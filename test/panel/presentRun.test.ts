import assert from 'node:assert/strict';
import { textDiff } from '../../src/engine/compare/textDiff.ts';
import type { RunEvent } from '../../src/engine/index.ts';
import { presentRun } from '../../src/panel/present.ts';
import { aCandidate, aHeader, aScore, foldRun, trialEvents } from '../support/panelBuilders.ts';
import { liveEvents, viewOf } from '../support/panelRuns.ts';

const start: RunEvent = { type: 'run-start', header: aHeader() };

describe('A run as the panel shows it', () => {
  it('says what is happening at every step', () => {
    const events = liveEvents();
    const sentences = events.map((_, count) => viewOf(events.slice(0, count), 'running').now);
    assert.deepEqual(
      sentences.filter((sentence, place) => sentence !== sentences[place - 1]).slice(0, 9),
      [
        'Reading the prompt and the dataset.',
        'Preparing the next step.',
        'Measuring the original on 40 validation rows.',
        'Preparing the next step.',
        'Trial 1: the optimizer model is writing an edit.',
        'Trial 1: deciding on the edit.',
        'Trial 1: trying the edit on 20 training rows.',
        'Trial 1: deciding on the edit.',
        'Trial 1: trying the edit on 40 validation rows.',
      ],
    );
  });

  it('counts the rows of the step under way', () => {
    assert.deepEqual(viewOf(liveEvents(), 'running').progress, { done: 12, total: 20 });
  });

  it('says who works on a run that is only watched here', () => {
    const holder = { host: 'desk', pid: 4711, machine: 'm', startedAt: '1', since: '2026-11-20' };
    const state = foldRun(liveEvents());
    const run = presentRun(state, { status: 'watched', holder, diff: textDiff });
    assert.equal(
      run.watching,
      'Running in another window (desk, process 4711). You are watching; it is paused and stopped there.',
    );
    assert.deepEqual([run.underWay, run.resumable, run.exportable], [false, false, false]);
    assert.deepEqual(run.progress, { done: 12, total: 20 });
    const over = presentRun(state, { status: 'interrupted', holder, diff: textDiff });
    assert.deepEqual([over.watching, over.resumable], [undefined, true]);
  });

  it('shows the best beside the original, each with interval and rows', () => {
    const { best, original } = viewOf(liveEvents(), 'running');
    assert.match(best?.text ?? '', /^0\.81 \[0\.66, 0\.96\] n=40$/);
    assert.match(original?.text ?? '', /^0\.62 \[0\.47, 0\.77\] n=40$/);
  });

  it('lists trials as they began, with what was decided and why', () => {
    const { trials } = viewOf(liveEvents(), 'running');
    assert.deepEqual(
      trials.map(({ number, status, before, after, change }) => [
        number,
        status,
        before,
        after,
        change,
      ]),
      [
        [1, 'kept', '0.55', '0.70', '+4 −1'],
        [2, 'refused', '0.70', '0.45', '+0 −5'],
        [3, 'skipped', undefined, undefined, undefined],
        [4, 'kept', '0.70', '0.85', '+6 −1'],
        [5, 'running', undefined, undefined, undefined],
      ],
    );
    assert.match(trials[2]?.reason ?? '', /lost the placeholder/);
    assert.equal(trials[4]?.reason, '12 of 20 rows tried.');
  });

  it('draws a point for the original and every decided trial, in the order of calls', () => {
    const { chart } = viewOf(liveEvents(), 'running');
    assert.deepEqual(
      chart.map(({ trial, calls, value, status, best }) => [trial, calls, value, status, best]),
      [
        [0, 40, 0.62, 'original', 0.62],
        [1, 100, 0.7, 'kept', 0.7],
        [2, 120, 0.45, 'refused', 0.7],
        [4, 180, 0.81, 'kept', 0.81],
      ],
    );
  });

  it('opens the selected trial with the word diff against its parent', () => {
    const { selected } = viewOf(liveEvents(), 'running', 4);
    assert.equal(selected?.candidateId, 'c2');
    assert.match(selected.rationale, /double charge/);
    assert.deepEqual(
      selected.components.map(({ title }) => title),
      ['System prompt'],
    );
    const added = selected.components[0]?.parts.filter(({ kind }) => kind === 'added');
    assert.match(added?.map(({ text }) => text).join('') ?? '', /charged twice/);
  });

  it('opens a skipped trial without anything to compare, and no trial that is not there', () => {
    assert.deepEqual(viewOf(liveEvents(), 'running', 3).selected?.components, []);
    assert.equal(viewOf(liveEvents(), 'running', 99).selected, undefined);
  });

  it('says when a request that is held back is tried again, while it is', () => {
    const state = foldRun([
      start,
      { type: 'wait', role: 'task', ms: 4_000, why: 'Slow down.', problem: 'rate-limit' },
    ]);
    const view = { status: 'running', diff: textDiff } as const;
    assert.deepEqual(presentRun(state, { ...view, nextTryAt: 5_000 }).nextTry, {
      at: 5_000,
      why: 'Slow down.',
    });
    assert.equal(presentRun(state, view).nextTry, undefined);
  });

  it('tells a run that is being paused from one that is', () => {
    const state = foldRun(liveEvents());
    const paused = { status: 'paused', diff: textDiff } as const;
    assert.match(presentRun(state, { ...paused, underWay: 3 }).now, /^Pausing: 3 calls under way/);
    assert.match(presentRun(state, { ...paused, underWay: 0 }).now, /^Paused: nothing is sent/);
  });

  it('says that cancelling loses nothing', () => {
    assert.match(viewOf(liveEvents(), 'cancelling').now, /finished and kept/);
  });

  it('marks a run with a simulated model', () => {
    assert.ok(viewOf(liveEvents(), 'running').simulated);
    assert.equal(viewOf([start], 'running').simulated, false);
  });

  it('shows the minutes at work beside those allowed, and counts them in its share', () => {
    const header = aHeader();
    const settings = { ...header.settings, budget: { minutes: 30 } };
    const state = foldRun([{ ...start, header: { ...header, settings } }]);
    const shown = (ranMs: number) =>
      presentRun({ ...state, ranMs }, { status: 'running', diff: textDiff });
    assert.equal(shown(0).budget, '0 of 30 min');
    assert.equal(shown(12.39 * 60_000).budget, '12.3 of 30 min');
    assert.equal(shown(15 * 60_000).budgetShare, 0.5);
  });

  it('holds before the first event and with no rows at all', () => {
    const view = viewOf([], 'running');
    assert.equal(view.title, 'Starting');
    assert.deepEqual(view.spending, []);
    const noRows = viewOf(
      [
        start,
        {
          type: 'evaluation-start',
          candidateId: 'original',
          split: 'validation',
          purpose: 'original',
          rows: 0,
        },
      ],
      'running',
    );
    assert.equal(noRows.progress, undefined);
    assert.equal(noRows.best, undefined);
  });

  it('keeps long texts whole: the page wraps them, nobody cuts a reason', () => {
    const reason = `Refused: ${'because '.repeat(500)}.`;
    const events = [
      start,
      ...trialEvents({
        number: 1,
        parentId: 'original',
        candidate: aCandidate('c1', 'x'.repeat(10_000)),
        before: aScore(0.5, 20),
        after: aScore(0.5, 20),
        accepted: false,
        reason,
      }),
    ];
    assert.equal(viewOf(events, 'running').trials[0]?.reason, reason);
  });

  it('says why an operator and a proposal were chosen, and what was predicted', () => {
    const candidate = aCandidate('c1', 'Sort it well.', { operator: 'reflect' });
    const sentence = 'reflect of 3 operators: drew 0.61 from a mean of 0.55.';
    const favoured = 'Chosen of 4 proposals: predicted to be worth 0.120.';
    const header = aHeader();
    const events = (metaModel: boolean): RunEvent[] => [
      { type: 'run-start', header: { ...header, settings: { ...header.settings, metaModel } } },
      {
        type: 'trial-start',
        number: 1,
        parentId: 'original',
        operator: 'reflect',
        choice: { draws: { reflect: 0.61 }, sentence },
      },
      {
        type: 'proposal-end',
        number: 1,
        usage: { calls: 4, inputTokens: 1, outputTokens: 1, estimated: false },
        candidate,
        proposals: 4,
        foresight: {
          proposalId: 'c1',
          favoured,
          edits: [
            { text: '+ a', features: [1], predicted: 0.125 },
            { text: '+ b', features: [1], predicted: -0.5 },
          ],
        },
      },
    ];
    assert.deepEqual(viewOf(events(true), 'running', 1).selected?.choices, [
      sentence,
      favoured,
      'Predicted worth of its edits, −1 to 1: +0.13, −0.50.',
    ]);
    assert.deepEqual(viewOf(events(false), 'running', 1).selected?.choices, [sentence, favoured]);
    assert.deepEqual(viewOf(liveEvents(), 'running', 4).selected?.choices, []);
  });

  it('is the same picture for the same state, and changes nothing', () => {
    const state = foldRun(liveEvents());
    const before = JSON.stringify(state);
    const view = { status: 'running', diff: textDiff, selectedTrial: 4 } as const;
    assert.deepEqual(presentRun(state, view), presentRun(state, view));
    assert.equal(JSON.stringify(state), before);
  });
});
