import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ProviderError } from '../../../src/engine/core/errors.ts';
import type { LanguageModel, ModelRequest } from '../../../src/engine/core/languageModel.ts';
import { emptyRun, reduce } from '../../../src/engine/core/reduce.ts';
import { seededRandom } from '../../../src/engine/core/random.ts';
import type { ScoredEdit } from '../../../src/engine/core/foresight.ts';
import type { RunEvent, RunSettings } from '../../../src/engine/core/run.ts';
import { featureNames } from '../../../src/engine/optimize/foresight/features.ts';
import {
  learnedFrom,
  nothingLearned,
  type Learned,
} from '../../../src/engine/optimize/foresight/metaModel.ts';
import { strategyNames } from '../../../src/engine/optimize/strategies/registry.ts';
import { withRetry } from '../../../src/engine/providers/retry.ts';
import { collect } from '../../support/builders.ts';
import { scriptedModel, textOf } from '../../support/scriptedModel.ts';
import {
  crateOf,
  half,
  perfect,
  proposalOf,
  seed,
  sortCrate,
  sortingRun,
  threeQuarters,
} from './sortingWorld.ts';

/** What a run decided, without the order in which rows arrived. */
function digest(events: readonly RunEvent[]): unknown[] {
  return events.filter(event => event.type !== 'rollout-end' && event.type !== 'run-start');
}

/** Earlier edits whose worth hangs on one feature: enough for a meta-model to be trusted. */
const trusted = Array.from({ length: 40 }, (_, trial): ScoredEdit[] => [
  {
    features: featureNames.map((_name, at) => (at === 0 ? 1 : at === 1 ? trial % 2 : 0)),
    worth: trial % 2 === 0 ? -0.1 - trial / 1000 : 0.5 + trial / 1000,
    rows: 6,
  },
]).reduce(learnedFrom, nothingLearned);

// Some rows are noisy, so that decisions hang on single rows and on their pairing.
const noise = (crate: number): boolean => seededRandom(7, 'noise', crate)() < 0.2;

/** Fails every fifth request once, each in its own way, and asks again as a real run does. */
function faulty(answer: (request: ModelRequest) => string): LanguageModel {
  const failed = new Set<string>();
  const problems = ['rate-limit', 'overloaded', 'timeout', 'broken-answer'] as const;
  const model = scriptedModel(request => {
    const text = textOf(request);
    const draw = seededRandom(3, 'fault', text);
    if (draw() >= 0.2 || failed.has(text)) return answer(request);
    failed.add(text);
    const problem = problems[Math.floor(draw() * problems.length)] ?? 'timeout';
    return new ProviderError(problem, 'Not now.', { scope: 'row', retryAfterMs: 1 });
  });
  return withRetry(model);
}

async function runWith(
  concurrency: number,
  withFaults = false,
  searched: { readonly settings?: Partial<RunSettings>; readonly earlier?: Learned } = {},
): Promise<RunEvent[]> {
  const delay = seededRandom(concurrency, 'delay');
  const proposals = [
    half,
    `${seed}\nfig goes to west.`,
    threeQuarters,
    `${half}\nBe brief.`,
    perfect,
  ];
  const answer = (request: ModelRequest): string =>
    noise(crateOf(request)) ? 'unknown' : sortCrate(request);
  const model = faulty(answer);
  const { events } = await collect(
    sortingRun({
      settings: { concurrency, targetThreshold: 1, patience: 4, ...searched.settings },
      ...(searched.earlier ? { sockets: { earlier: searched.earlier } } : {}),
      optimizer: (_, call) => proposalOf(proposals[call % proposals.length] ?? seed),
      task: async request => {
        await pause(Math.floor(delay() * 3));
        return withFaults ? (await model.generate(request)).text : answer(request);
      },
    }).events,
  );
  return events;
}

describe('The order in which answers arrive', () => {
  it('does not change a run: concurrency 1, 8 and 64 with random delays decide alike', async () => {
    const [one, eight, many] = await Promise.all([runWith(1), runWith(8), runWith(64)]);
    assert.ok(digest(one).length > 20);
    assert.deepEqual(digest(eight), digest(one));
    assert.deepEqual(digest(many), digest(one));
  });

  it('does not change a run in which every fifth request fails and is asked again', async () => {
    const whole = digest(await runWith(8));
    for (const concurrency of [1, 8, 64]) {
      assert.deepEqual(digest(await runWith(concurrency, true)), whole);
    }
  });

  for (const strategy of strategyNames) {
    it(`does not change ${strategy} with bandit and meta-model, with faults or without`, async () => {
      const settings = { strategy, bandit: true, metaModel: true, maxIterations: 12 };
      const earlier = trusted;
      const whole = digest(await runWith(1, false, { settings, earlier }));
      assert.ok(whole.length > 1);
      for (const concurrency of [1, 8, 64]) {
        const faulted = digest(await runWith(concurrency, true, { settings, earlier }));
        assert.deepEqual(faulted, whole);
      }
      assert.deepEqual(digest(await runWith(64, false, { settings, earlier })), whole);
    });
  }

  it('leaves the same rows in the log, in some order', async () => {
    const rows = (events: readonly RunEvent[]): string[] =>
      events.flatMap(event => (event.type === 'rollout-end' ? event.rollout.jobId : [])).sort();
    const [one, many] = await Promise.all([runWith(1), runWith(64)]);
    assert.deepEqual(rows(many), rows(one));
  });

  it('leaves a state that is the fold of the events, also when they were stored between', async () => {
    const events = await runWith(8);
    const stored = events.map(event => JSON.parse(JSON.stringify(event)) as RunEvent);
    assert.deepEqual(stored.reduce(reduce, emptyRun), events.reduce(reduce, emptyRun));
  });
});
