import { textDiff } from '../../src/engine/compare/textDiff.ts';
import type { Comparison, RunEvent } from '../../src/engine/index.ts';
import type { PanelState, RunForm, RunView } from '../../src/panel/messages.ts';
import { presentPanel, presentRun, type PanelParts } from '../../src/panel/present.ts';
import { presentComparison } from '../../src/panel/presentComparison.ts';
import { blankForm } from '../../src/panel/readForm.ts';
import {
  aCandidate,
  aClaim,
  aHeader,
  aScore,
  evaluationEvents,
  foldRun,
  trialEvents,
} from './panelBuilders.ts';

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
    form: blankForm({ targetThreshold: 0.9, patience: 6, maxIterations: 20, sampleK: 20 }),
    metrics: [
      { name: 'exact_match', description: 'The answer is the right one, letter by letter.' },
      { name: 'accuracy', description: 'Share of rows with the right label.' },
      {
        name: 'macro_f1',
        description: 'Mean of F1 over the labels, each label counting the same.',
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
    problems: [],
    runs: [],
    ...more,
  };
}

/** What the host knows when everything is chosen and counted. */
export function readyParts(more: Partial<PanelParts> = {}): PanelParts {
  return someParts({
    form: filledForm,
    prompt: { label: 'triage v3', placeholders: ['ticket'] },
    dataset: {
      name: 'tickets.csv',
      path: '/w/data/tickets.csv',
      columns: ['id', 'text', 'queue'],
      rows: [{ id: '1', text: 'I was charged twice for the same order', queue: 'refund' }],
      problems: [],
    },
    estimate: {
      calls: { low: 640, high: 1_150 },
      tokens: { low: 182_000, high: 410_000 },
      usd: { low: 0.45, high: 1.3 },
      rows: { train: 120, validation: 40, test: 80 },
      unusableRows: 3,
      taskModel: 'demo:task',
      optimizerModel: 'demo:optimizer',
      unpriced: [],
      notes: ['80 test rows can show a gain of about 10 points or more.'],
    },
    ...more,
  });
}

const original = aCandidate(
  'original',
  'You sort support tickets.\nAnswer with the name of the queue: refund, billing, technical or other.\n\n{{ticket}}',
  { operator: 'original' },
);

const first = aCandidate(
  'c1',
  'You sort support tickets.\nAnswer with the name of the queue and nothing else: refund, billing, technical or other.\n\n{{ticket}}',
  {
    parents: ['original'],
    rationale: 'Several answers carried a sentence around the label, so no label could be read.',
  },
);

const second = aCandidate(
  'c2',
  'You sort support tickets.\nAnswer with the name of the queue and nothing else: refund, billing, technical or other.\nA customer who was charged twice belongs to refund, even where they never say the word.\n\n{{ticket}}',
  {
    parents: ['c1'],
    rationale:
      'Four of the failed rows speak of a double charge. The prompt does not say which queue that is, and the model answered billing.',
  },
);

const third = aCandidate('c3', 'Sort the ticket. {{ticket}}', {
  parents: ['c2'],
  operator: 'shorten',
  rationale: 'A shorter prompt costs less.',
});

/** A run in the middle of its fourth trial. */
export function liveEvents(): RunEvent[] {
  return [
    {
      type: 'run-start',
      header: aHeader({
        original,
        taskModel: 'demo:task',
        optimizerModel: 'demo:optimizer',
        settings: { ...aHeader().settings, budget: { usd: 2, calls: 1_150 } },
      }),
    },
    ...evaluationEvents({
      candidateId: 'original',
      purpose: 'original',
      score: aScore(0.62),
      failures: ['The provider did not answer within 60 s.'],
    }),
    ...trialEvents({
      number: 1,
      parentId: 'original',
      candidate: first,
      before: aScore(0.55, 20),
      after: aScore(0.7, 20),
      validation: aScore(0.7),
      accepted: true,
      fixed: 4,
      broken: 1,
      reason: 'Kept: 4 rows fixed, 1 broken, and better on the validation rows.',
    }),
    ...trialEvents({
      number: 2,
      parentId: 'c1',
      candidate: third,
      before: aScore(0.7, 20),
      after: aScore(0.45, 20),
      accepted: false,
      fixed: 0,
      broken: 5,
      reason: 'Refused: worse on the same 20 rows.',
    }),
    { type: 'trial-start', number: 3, parentId: 'c1', operator: 'reflect' },
    {
      type: 'trial-skip',
      number: 3,
      why: 'The answer of the optimizer model lost the placeholder {{ticket}}.',
    },
    ...trialEvents({
      number: 4,
      parentId: 'c1',
      candidate: second,
      before: aScore(0.7, 20),
      after: aScore(0.85, 20),
      validation: aScore(0.81),
      accepted: true,
      fixed: 6,
      broken: 1,
      reason: 'Kept: 6 rows fixed, 1 broken, and better on the validation rows.',
    }),
    { type: 'wait', role: 'task', ms: 4_000, why: 'rate limit' },
    { type: 'trial-start', number: 5, parentId: 'c2', operator: 'specialise' },
    {
      type: 'proposal-end',
      number: 5,
      usage: { calls: 1, inputTokens: 2_400, outputTokens: 600, usd: 0.012, estimated: false },
      candidate: aCandidate('c5', `${second.prompt.system}\nNever answer other.`, {
        parents: ['c2'],
        operator: 'specialise',
      }),
    },
    ...evaluationEvents({
      candidateId: 'c5',
      split: 'train',
      purpose: 'minibatch',
      score: aScore(0.8, 20),
    }).slice(0, 13),
  ];
}

/** The same run, judged on the test rows. */
export function endedEvents(): RunEvent[] {
  return [
    ...liveEvents().slice(0, -15),
    ...evaluationEvents({ candidateId: 'original', purpose: 'claim', score: aScore(0.64, 80) }),
    ...evaluationEvents({ candidateId: 'c2', purpose: 'claim', score: aScore(0.78, 80) }),
    { type: 'claim-end', claim: aClaim() },
    {
      type: 'run-end',
      reason: 'patience',
      bestId: 'c2',
      sentence: 'Stopped after 4 trials: no better prompt was found in 6 trials in a row.',
    },
  ];
}

/** The run as the panel shows it. */
export function viewOf(
  events: readonly RunEvent[],
  status: RunView['status'],
  selectedTrial?: number,
): RunView {
  return presentRun(foldRun(events), {
    status,
    diff: textDiff,
    ...(selectedTrial === undefined ? {} : { selectedTrial }),
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
    ready: presentPanel(readyParts()),
    problems: presentPanel(withProblems()),
    running: withRun(viewOf(liveEvents(), 'running')),
    selected: withRun(viewOf(liveEvents(), 'running', 4)),
    'just-started': withRun(viewOf([], 'running')),
    result: withRun(viewOf(endedEvents(), 'ended')),
    saved: withRun(
      viewOf([...endedEvents(), { type: 'version-save', candidateId: 'c2', version: 4 }], 'ended'),
    ),
    failed: withRun(viewOf(failedEvents(), 'ended')),
    interrupted: withRun(viewOf(liveEvents(), 'interrupted')),
    long: withRun(viewOf(longEvents(), 'running', 1)),
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
      {
        runId: '2026-11-19-aa01',
        promptName: 'triage',
        kind: 'optimize',
        startedAt: '2026-11-19T16:20:04.000Z',
        status: 'interrupted',
      },
    ],
  });
}

function failedEvents(): RunEvent[] {
  const why = 'OpenAI refused the key (401). Enter a key that is valid for api.example.test.';
  return [
    { type: 'run-start', header: aHeader() },
    ...evaluationEvents({
      candidateId: 'original',
      purpose: 'original',
      score: aScore(0, 0),
      rows: 3,
      failures: [why, why, why],
    }),
    {
      type: 'run-end',
      reason: 'failed',
      bestId: 'original',
      sentence: why,
      errorCode: 'provider/key-wrong',
    },
  ];
}

function longEvents(): RunEvent[] {
  const name = longName('a-prompt-with-a-name-that-nobody-would-choose');
  return [
    {
      type: 'run-start',
      header: aHeader({
        promptName: name,
        datasetName: `${longName('rows')}.jsonl`,
        taskModel: `openai:${longName('model')}`,
        metrics: ['accuracy', 'macro_f1'],
      }),
    },
    ...evaluationEvents({
      candidateId: 'original',
      purpose: 'original',
      score: aScore(0.5, 1_200),
      rows: 1_200,
      usage: { calls: 1, inputTokens: 1_800, outputTokens: 900, estimated: true },
    }),
    ...trialEvents({
      number: 1,
      parentId: 'original',
      candidate: aCandidate('c1', `Sort. ${'Very '.repeat(400)}carefully.`, {
        parents: ['original'],
        rationale: longName('because').repeat(3),
      }),
      before: aScore(0.5, 20),
      after: aScore(0.5, 20),
      accepted: false,
      reason: `Refused: ${'no difference on any of the rows that were tried, '.repeat(4)}so it stays.`,
    }),
  ];
}

function longName(beginning: string): string {
  return `${beginning}/${'a-long-folder-name/'.repeat(3)}${'x'.repeat(60)}`;
}

/** Two versions of which one was measured on other rows too. */
export function someComparison(more: Partial<Comparison> = {}): Comparison {
  const version = (number: number, system: string): Comparison['left'] => ({
    promptName: 'triage',
    number,
    id: `id-${number}`,
    prompt: { system, output: 'One word.' },
    origin: number === 3 ? 'typed' : 'optimized',
    ...(number === 3 ? {} : { note: 'Winner of run 2026-11-20-7f3a' }),
    createdAt: `2026-11-${15 + number}T10:14:00.000Z`,
    metadata: {},
  });
  const left = version(3, original.prompt.system);
  const right = version(4, second.prompt.system);
  return {
    left,
    right,
    system: textDiff(left.prompt.system, right.prompt.system),
    output: textDiff(left.prompt.output, right.prompt.output),
    rows: [
      {
        metric: 'accuracy',
        datasetName: 'tickets.csv',
        split: 'test',
        taskModel: 'demo:task',
        left: aScore(0.64, 80),
        right: aScore(0.78, 80),
        difference: { value: 0.1375, low: 0.06, high: 0.22, count: 80 },
      },
      {
        metric: 'macro_f1',
        datasetName: 'tickets.csv',
        split: 'test',
        taskModel: 'demo:task',
        left: aScore(0.61, 80),
        right: aScore(0.74, 80),
        difference: { value: 0.13, low: -0.01, high: 0.24, count: 80 },
      },
      {
        metric: 'accuracy',
        datasetName: 'tickets-of-last-year.csv',
        split: 'all',
        taskModel: 'openai:small',
        left: aScore(0.59, 400),
      },
    ],
    ...more,
  };
}

/** The comparison's pages, by name. */
export function comparisonStates(): Readonly<Record<string, ReturnType<typeof presentComparison>>> {
  return {
    compared: presentComparison(someComparison()),
    unmeasured: presentComparison(someComparison({ rows: [] })),
  };
}
