import assert from 'node:assert/strict';
import { namesOfInputs, presentPanel, type PanelParts } from '../../src/panel/present.ts';
import { viewOf } from '../support/panelRuns.ts';
import { filledForm, readyParts, someParts } from '../support/panelStates.ts';

describe('The panel before a run', () => {
  it('invites to choose, and does not call it a problem', () => {
    const state = presentPanel(someParts());
    assert.equal(state.page, 'form');
    assert.equal(state.canStart, false);
    assert.deepEqual(state.problems, []);
    assert.deepEqual(state.estimate, {
      status: 'none',
      sentence: 'Choose a prompt and a dataset to see what a run will cost.',
    });
  });

  it('names what holds where a number is left out, as the settings say', () => {
    const settings = { ...someParts().settings, patience: 9, budget: { usd: 1.5 } };
    const { usual } = presentPanel(someParts({ settings }));
    assert.deepEqual(usual, {
      targetThreshold: '0.95 by default',
      patience: '9 by default',
      maxIterations: '20 by default',
      sampleK: '20 by default',
      repeats: '1 by default',
      budgetUsd: '1.5 by default',
      budgetTokens: 'no limit',
      budgetCalls: 'no limit',
      budgetMinutes: 'no limit',
    });
  });

  it('offers the demo until the first run, and not before it is known that there is none', () => {
    const isNewcomer = (runs: PanelParts['runs']): boolean =>
      presentPanel({ ...someParts(), runs }).isNewcomer;
    assert.equal(isNewcomer([]), true);
    assert.equal(isNewcomer(readyParts().runs), false);
    assert.equal(isNewcomer(undefined), false);
  });

  it('can start when everything is chosen and clear', () => {
    const state = presentPanel(readyParts());
    assert.deepEqual(state.problems, []);
    assert.ok(state.canStart);
  });

  it('cannot start a run that would be refused, but can test the rows that are there', () => {
    const problem = 'one.csv has 1 usable row; at least 6 are needed.';
    const state = presentPanel(readyParts({ estimate: { problem } }));
    assert.deepEqual(state.estimate, { status: 'impossible', sentence: problem });
    assert.deepEqual([state.canStart, state.canTest], [false, true]);
  });

  it('says that no row can be used at the dataset, and not as an estimate', () => {
    const fault = { line: 2, message: 'blank.csv, line 2: the input "ticket" is empty.' };
    const estimate = { problem: fault.message, remedy: 'open-dataset', fault } as const;
    const state = presentPanel(readyParts({ estimate }));
    assert.deepEqual(state.noRows, { sentence: fault.message });
    assert.deepEqual(state.estimate, { status: 'none', sentence: 'Without rows there is no run.' });
    assert.equal(state.canStart, false);
    const column = { ...estimate, remedy: 'choose-columns' } as const;
    assert.equal(presentPanel(readyParts({ estimate: column })).noRows, undefined);
  });

  it('offers the way out of an estimate that cannot be', () => {
    const { estimate } = presentPanel(
      readyParts({ estimate: { problem: 'one.csv has 1 usable row.', remedy: 'open-dataset' } }),
    );
    assert.deepEqual(estimate, {
      status: 'impossible',
      sentence: 'one.csv has 1 usable row.',
      remedy: { id: 'open-dataset', label: 'Open dataset' },
    });
  });

  it('shows a run that cannot be read before anything else of the form', () => {
    const unreadable = { runId: 'r', sentence: 'An older release wrote it.', hasReport: false };
    const state = presentPanel(readyParts({ unreadable }));
    assert.deepEqual([state.page, state.unreadable], ['unreadable', unreadable]);
    assert.equal(presentPanel(readyParts({ unreadable, page: 'untrusted' })).page, 'untrusted');
  });

  it('shows the estimate as ranges with the rows and what to know before', () => {
    assert.deepEqual(presentPanel(readyParts()).estimate, {
      status: 'known',
      calls: '910 (640 to 1,150)',
      tokens: '290k (182k to 410k)',
      usd: '$0.80 ($0.45 to $1.30)',
      time: '6 min (3 min to 14 min)',
      rows: '120 rows to learn from, 40 to choose by, 80 kept aside to judge the result',
      notes: ['80 test rows can show a gain of about 10\u00a0points or more.'],
    });
  });

  it('does not call an unknown price free', () => {
    const { usd: _, ...estimate } = readyParts().estimate as Extract<
      NonNullable<ReturnType<typeof readyParts>['estimate']>,
      { calls: unknown }
    >;
    const view = presentPanel(
      readyParts({ estimate: { ...estimate, unpriced: ['openai:house'], unusableRows: 0 } }),
    ).estimate;
    assert.equal(view.status === 'known' && view.usd, 'price unknown');
    assert.match(view.status === 'known' ? (view.notes[0] ?? '') : '', /openai:house/);
  });

  it('stops Start and says why at the field', () => {
    const state = presentPanel(
      readyParts({ form: { ...filledForm, expected: 'label', patience: 'six' } }),
    );
    assert.equal(state.canStart, false);
    assert.deepEqual(
      state.problems.map(({ field }) => field),
      ['expected', 'patience'],
    );
  });

  it('lets the host’s own sentence about a field win', () => {
    const problem = { field: 'expected', message: 'Every row is empty there.' } as const;
    const state = presentPanel(
      readyParts({ form: { ...filledForm, expected: '' }, problems: [problem] }),
    );
    assert.deepEqual(state.problems, [problem]);
  });

  it('says how many rows are usable and how many not, with the lines, once the file is read', () => {
    const { dataset, estimate } = readyParts();
    assert.ok(dataset && estimate && estimate !== 'counting' && !('problem' in estimate));
    const problems = [18, 77, 140, 141].map(line => ({ line, message: `line ${line} is broken.` }));
    const warnings = [{ line: 9, message: 'this row repeats an earlier row' }];
    const counted = { ...estimate, problems, warnings, unusableRows: 1_500 };
    assert.deepEqual(presentPanel(readyParts({ estimate: counted })).datasetNotes, [
      '240 rows usable, 1,500 not, because line 18: line 18 is broken. Also line 77, 140, 1,497 more.',
      'Line 9: this row repeats an earlier row.',
    ]);
    const counting = readyParts({ estimate: 'counting', dataset: { ...dataset, problems } });
    assert.deepEqual(presentPanel(counting).datasetNotes, [
      'Line 18, and others, cannot be used: line 18 is broken.',
    ]);
    const sound = { ...counted, problems: [], warnings: [], unusableRows: 0 };
    assert.deepEqual(presentPanel(readyParts({ estimate: sound })).datasetNotes, []);
  });

  it('names the scale of a metric where it is not 0 to 1', () => {
    const rate = { name: 'wer', description: 'Word errors.', direction: 'lower' } as const;
    const { metrics } = presentPanel(readyParts({ metrics: [{ ...rate, range: [0, null] }] }));
    assert.equal(metrics[0]?.detail, 'Word errors. Scale: from 0 up, lower is better.');
  });

  it('asks for one input where the prompt has no placeholder, and for each placeholder once', () => {
    assert.deepEqual(namesOfInputs([]), ['input']);
    assert.deepEqual(namesOfInputs(['a', 'b', 'a']), ['a', 'b']);
  });

  it('marks simulated models, also where the default is one', () => {
    assert.ok(presentPanel(someParts()).simulated);
    const real = { ...filledForm, taskModel: 'openai:a', optimizerModel: 'openai:b' };
    assert.equal(presentPanel(readyParts({ form: real })).simulated, false);
  });

  it('says where the estimate would stand why a run would be refused', () => {
    const problem = 'one.csv has 1 usable row; at least 6 are needed.';
    const { estimate } = presentPanel(readyParts({ estimate: { problem } }));
    assert.deepEqual(estimate, { status: 'impossible', sentence: problem });
  });

  it('lists interrupted optimizations only', () => {
    const run = { promptName: 'triage', startedAt: '2026-11-19T16:20:04.000Z', folder: 'f' };
    const { interrupted } = presentPanel(
      someParts({
        runs: [
          { ...run, runId: 'a', kind: 'optimize', status: 'interrupted' },
          { ...run, runId: 'b', kind: 'optimize', status: 'ended' },
          { ...run, runId: 'c', kind: 'evaluate', status: 'interrupted' },
        ],
      }),
    );
    assert.deepEqual(interrupted, [{ runId: 'a', label: 'triage, started 2026-11-19 16:20 UTC' }]);
  });

  it('lists optimizations that another window works on, and who that is', () => {
    const run = { promptName: 'triage', startedAt: '2026-11-19T16:20:04.000Z', folder: 'f' };
    const since = run.startedAt;
    const holder = { host: 'desk', pid: 4711, machine: 'm', startedAt: '1', since };
    const { elsewhere, interrupted } = presentPanel(
      someParts({
        runs: [
          { ...run, runId: 'a', kind: 'optimize', status: 'running', holder },
          { ...run, runId: 'b', kind: 'evaluate', status: 'running', holder },
          { ...run, runId: 'c', kind: 'optimize', status: 'ended' },
        ],
      }),
    );
    const label = 'triage: running in another window (desk, process 4711)';
    assert.deepEqual(elsewhere, [{ runId: 'a', label }]);
    assert.deepEqual(interrupted, []);
  });

  it('lists the three newest of many unfinished runs', () => {
    const runs = ['e', 'd', 'c', 'b', 'a'].map(runId => ({
      runId,
      promptName: 'triage',
      kind: 'optimize' as const,
      startedAt: '2026-11-19T16:20:04.000Z',
      folder: '.prompts/triage/runs/a',
      status: 'interrupted' as const,
    }));
    const { interrupted } = presentPanel(someParts({ runs }));
    assert.deepEqual(
      interrupted.map(({ runId }) => runId),
      ['e', 'd', 'c'],
    );
  });

  it('shows the run where there is one, unless the workspace has to be opened or trusted first', () => {
    const run = viewOf([], 'running');
    assert.equal(presentPanel(readyParts({ run })).page, 'run');
    assert.equal(presentPanel(readyParts({ run, page: 'untrusted' })).page, 'untrusted');
  });
});
