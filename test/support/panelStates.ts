import type { PanelState, RunForm, RunView } from '../../src/panel/messages.ts';
import { withDefaults } from '../../src/engine/core/defaults.ts';
import { presentPanel, type PanelParts } from '../../src/panel/present.ts';
import { blankForm } from '../../src/panel/readForm.ts';
import { readyEstimate } from './panelEstimate.ts';
import { foldStates } from './panelFolds.ts';
import { judgedView, tooFewRows, worseFigures } from './panelBreakdown.ts';
import {
  byJudgesEvents,
  endedEvents,
  failedEvents,
  liveEvents,
  longEvents,
  longName,
  viewOf,
} from './panelRuns.ts';

const usualScale = { direction: 'higher', range: [0, 1] } as const;

/** A form in which everything is chosen. */
export const filledForm: RunForm = {
  ...blankForm({ targetThreshold: 0.9, patience: 6, maxIterations: 20, sampleK: 20 }),
  prompt: { kind: 'version', promptName: 'triage', number: 3 },
  dataset: 'data/tickets.csv',
  inputs: { ticket: 'text' },
  expected: 'queue',
  metric: 'accuracy',
  taskModel: 'demo:task',
  optimizerModel: 'demo:optimizer',
  budgetUsd: '2.00',
};

/** What the host knows while nothing is chosen. */
export function someParts(more: Partial<PanelParts> = {}): PanelParts {
  return {
    form: blankForm(),
    metrics: [
      {
        name: 'exact_match',
        description: 'The answer is the right one, letter by letter.',
        ...usualScale,
      },
      {
        name: 'accuracy',
        description: 'Share of rows with the right label.',
        ...usualScale,
      },
      {
        name: 'macro_f1',
        description: 'Mean of F1 over the labels, each label counting the same.',
        ...usualScale,
      },
    ],
    providers: [
      {
        provider: 'demo',
        models: [
          { id: 'demo:task', provider: 'demo', origin: 'built in', simulated: true },
          { id: 'demo:optimizer', provider: 'demo', origin: 'built in', simulated: true },
        ],
      },
      {
        provider: 'openai',
        models: [],
        problem: 'OpenAI: no API key is set. Enter one to use its models.',
      },
    ],
    strategies: [
      { id: 'patch-race', summary: 'Edits, each tried alone.' },
      { id: 'squeeze', summary: 'The shortest prompt that is not worse.' },
    ],
    settings: withDefaults(),
    problems: [],
    runs: [],
    ...more,
  };
}

const endedRun = {
  runId: '2026-11-19-aa00',
  promptName: 'triage',
  kind: 'optimize',
  startedAt: '2026-11-19T15:20:04.000Z',
  folder: '.prompts/triage/runs/a',
} as const;

/** What the host knows when everything is chosen and counted. */
export function readyParts(more: Partial<PanelParts> = {}): PanelParts {
  return someParts({
    form: filledForm,
    prompt: { label: 'triage v3', placeholders: ['ticket'] },
    runs: [{ ...endedRun, status: 'ended' }],
    dataset: {
      name: 'tickets.csv',
      path: '/w/data/tickets.csv',
      columns: ['id', 'text', 'queue'],
      rows: [{ id: '1', text: 'I was charged twice for the same order', queue: 'refund' }],
      problems: [],
    },
    estimate: readyEstimate,
    ...more,
  });
}

/** Every page that a person may come to see, by name. */
export function panelStates(): Readonly<Record<string, PanelState>> {
  const withRun = (run: RunView): PanelState => presentPanel(readyParts({ run }));
  return {
    starting: presentPanel(someParts({ page: 'starting' })),
    'no-folder': presentPanel(someParts({ page: 'no-folder' })),
    untrusted: presentPanel(someParts({ page: 'untrusted' })),
    empty: presentPanel(someParts()),
    suggested: presentPanel(
      readyParts({
        form: {
          ...blankForm(),
          dataset: 'data/tickets.csv',
          inputs: { ticket: 'text' },
          expected: 'queue',
          metric: 'accuracy',
        },
        runs: [],
        suggested: {
          prompt: 'Suggested: the newest saved version.',
          dataset: 'Suggested: the only dataset of this folder.',
        },
      }),
    ),
    ready: presentPanel(readyParts()),
    problems: presentPanel(withProblems()),
    'no-rows': presentPanel(withoutRows()),
    unreadable: presentPanel(
      readyParts({
        unreadable: {
          runId: '2026-02-03-0a1b',
          sentence:
            '.prompts/triage/runs/2026-02-03-0a1b/run.json: this file was written by an older release of Prompt Refiner (schema 0; this one reads 1). It is left as it is.',
          hasReport: true,
        },
      }),
    ),
    running: withRun(viewOf(liveEvents(), 'running')),
    paused: withRun(viewOf(liveEvents(), 'paused')),
    watched: withRun({
      ...viewOf(liveEvents(), 'watched'),
      watching:
        'Running in another window (workstation-of-the-team, process 41283). You are watching; it is paused and stopped there.',
    }),
    waiting: withRun({
      ...viewOf(liveEvents(), 'running'),
      nextTry: { at: Date.now() + 12_000, why: 'OpenAI asks for fewer requests (429).' },
    }),
    selected: withRun(viewOf(liveEvents(), 'running', 4)),
    'just-started': withRun(viewOf([], 'running')),
    result: withRun(viewOf(endedEvents(), 'ended')),
    breakdown: withRun(judgedView()),
    worse: withRun(judgedView({ verdict: 'worse', ...worseFigures })),
    'not-distinguishable': withRun(judgedView({ verdict: 'not-distinguishable', ...tooFewRows })),
    ...foldStates(readyParts()),
    judges: withRun(viewOf(byJudgesEvents(), 'ended')),
    saved: withRun(
      viewOf([...endedEvents(), { type: 'version-save', candidateId: 'c2', version: 4 }], 'ended'),
    ),
    cancelled: withRun(
      viewOf(
        [
          ...liveEvents(),
          {
            type: 'run-end',
            reason: 'cancelled',
            bestId: 'c2',
            sentence: 'Cancelled by you during trial 5. The best so far can be kept.',
          },
        ],
        'ended',
      ),
    ),
    failed: withRun(viewOf(failedEvents(), 'ended')),
    interrupted: withRun(viewOf(liveEvents(), 'interrupted')),
    long: withRun(viewOf(longEvents(), 'running', 1)),
  };
}

function withoutRows(): PanelParts {
  const { dataset: _, estimate: __, ...parts } = readyParts();
  const message = 'tickets.csv: there are no rows in it. Choose a file with rows.';
  const remedy = { id: 'open-dataset', label: 'Open dataset' };
  return {
    ...parts,
    fault: { line: 1, message },
    problems: [{ field: 'dataset', message, remedy }],
  };
}

function withProblems(): PanelParts {
  return readyParts({
    form: { ...filledForm, expected: 'label', patience: 'six', targetThreshold: '0,9' },
    prompt: { label: longName('prompts/customer-support'), placeholders: ['ticket', 'language'] },
    dataset: {
      name: `${longName('tickets-of-the-second-quarter')}.csv`,
      path: '/w/long.csv',
      columns: ['id', 'text', 'queue', 'language'],
      rows: [],
      problems: [
        { line: 18, message: 'line 18 has 4 columns where the header has 3.' },
        { line: 77, message: 'line 77: the quote is never closed.' },
      ],
    },
    problems: [
      {
        field: 'taskModel',
        message: 'OpenAI has no model openai:gpt-unknown. Choose one that it lists.',
        remedy: { id: 'choose-model', label: 'Choose model' },
      },
    ],
    estimate: { problem: 'The estimate follows once the fields above are clear.' },
    runs: [
      { ...endedRun, runId: '2026-11-19-aa01', status: 'interrupted' },
      {
        runId: '2026-11-20-bb02',
        promptName: 'triage',
        kind: 'optimize',
        startedAt: '2026-11-20T08:02:04.000Z',
        folder: '.prompts/triage/runs/b',
        status: 'running',
        holder: {
          host: 'workstation-of-the-team',
          pid: 41283,
          machine: 'm',
          startedAt: '1',
          since: '2026-11-20T08:02:04.000Z',
        },
      },
    ],
  });
}
