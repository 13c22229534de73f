import { textDiff } from '../../src/engine/compare/textDiff.ts';
import type { RunEvent } from '../../src/engine/index.ts';
import { judgeWarning } from '../../src/engine/metrics/judgeAgreement.ts';
import type { RunView } from '../../src/panel/messages.ts';
import { presentRun } from '../../src/panel/present.ts';
import {
  aCandidate,
  aClaim,
  aHeader,
  aScore,
  evaluationEvents,
  foldRun,
  trialEvents,
} from './panelBuilders.ts';

/** The prompt that the runs begin with. */
export const original = aCandidate(
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

/** The prompt that wins them. */
export const second = aCandidate(
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
    {
      type: 'wait',
      role: 'task',
      ms: 4_000,
      why: 'OpenAI asks for fewer requests (429).',
      problem: 'rate-limit',
    },
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
    ...evaluationEvents({
      candidateId: 'original',
      purpose: 'claim',
      score: aScore(0.64, 80),
      answer: row => (row < 15 ? { output: 'billing', value: 0 } : { output: 'refund', value: 1 }),
    }),
    ...evaluationEvents({
      candidateId: 'c2',
      purpose: 'claim',
      score: aScore(0.78, 80),
      answer: row =>
        row >= 15 && row < 19 ? { output: 'other', value: 0 } : { output: 'refund', value: 1 },
    }),
    { type: 'claim-end', claim: aClaim() },
    {
      type: 'run-end',
      reason: 'patience',
      bestId: 'c2',
      sentence: 'Stopped after 4 trials: no better prompt was found in 6 trials in a row.',
    },
  ];
}

/** The same run by two judges: one that people have checked, and one that nobody has. */
export function byJudgesEvents(): RunEvent[] {
  const checked = 'judge:rubric=Is it kind?';
  const unchecked = 'judge:rubric=Is it true?';
  const agreement = { count: 120, rate: 0.93, low: 0.87, high: 0.97, kappa: 0.82 };
  const header = aHeader({
    metrics: ['accuracy', checked, unchecked],
    judges: [
      { metric: checked, model: 'openai:large', agreement },
      { metric: unchecked, model: 'vertex:pro', warning: judgeWarning(undefined) ?? '' },
    ],
  });
  return endedEvents().map(event => (event.type === 'run-start' ? { ...event, header } : event));
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

/** A run that the provider refused on every row. */
export function failedEvents(): RunEvent[] {
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

/** A run in which every name and text is too long. */
export function longEvents(): RunEvent[] {
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

/** A path that no panel is wide enough for. */
export function longName(beginning: string): string {
  return `${beginning}/${'a-long-folder-name/'.repeat(3)}${'x'.repeat(60)}`;
}
