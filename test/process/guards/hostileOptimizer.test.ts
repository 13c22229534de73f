import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '../../../src/compose.ts';
import {
  emptyRun,
  findPlaceholders,
  reduce,
  type RunSettings,
  type RunState,
} from '../../../src/engine/index.ts';
import { spansOf } from '../../../src/engine/optimize/copies.ts';
import { strategyNames } from '../../../src/engine/optimize/strategies/registry.ts';
import type { ChatRequest } from '../../support/chatRequest.ts';
import { startLoopbackServer } from '../../support/loopbackServer.ts';
import {
  addsLines,
  answerOf,
  breaches,
  dataset,
  movesRule,
  prompt,
  proposal,
  rowIn,
  rule,
  saidIn,
  tickets,
} from './hostileTask.ts';

interface Outcome {
  readonly state: RunState;
  /** Numbers of the tickets by the ids of their rows. */
  readonly rows: ReadonlyMap<string, number>;
  readonly report: string;
  readonly record: {
    readonly trials: readonly {
      readonly operator: string;
      readonly status: string;
      readonly why?: string;
      readonly cost: { readonly rows: number };
    }[];
  };
  readonly taskCalls: readonly ChatRequest[];
  readonly optimizerCalls: readonly ChatRequest[];
  /** The breaches that were proposed. */
  readonly tried: readonly (typeof breaches)[number][];
}

/** A whole run through the server; three proposals are sound, the last of them only as a whole. */
async function runAgainst(settings: Partial<RunSettings>): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const taskCalls: ChatRequest[] = [];
  const optimizerCalls: ChatRequest[] = [];
  const tried: (typeof breaches)[number][] = [];
  const server = await startLoopbackServer({
    answerTo(request) {
      if (request.model === 'sim-task') {
        taskCalls.push(request);
        return answerOf(request);
      }
      const number = optimizerCalls.push(request);
      if (number === 3 || number === 8) return proposal(addsLines(prompt));
      if (number === 11) return proposal(movesRule());
      const breach = breaches[tried.length % breaches.length];
      if (!breach) return undefined;
      tried.push(breach);
      return proposal(breach.change(prompt));
    },
  });
  try {
    writeFileSync(join(folder, 'tickets.csv'), dataset);
    const engine = compose({
      folder,
      settings: { openaiBaseUrl: server.url },
      keyFor: () => Promise.resolve(undefined),
    });
    const request = {
      promptName: 'ticket',
      prompt,
      dataset: 'tickets.csv',
      mapping: { inputs: { ticket: 'ticket' }, expected: 'answer' },
      metrics: ['exact_match'],
      taskModel: 'openai:sim-task',
      optimizerModel: 'openai:sim-optimizer',
      locked: [rule],
      settings: { maxIterations: 14, patience: 14, sampleK: 6, seed: 7, ...settings },
    };
    const { examples } = await engine.rows(request);
    let state = emptyRun;
    for await (const event of engine.optimize(request)) state = reduce(state, event);
    const inRun = (name: string): string =>
      readFileSync(join(folder, '.prompts/ticket/runs', state.header?.runId ?? '', name), 'utf8');
    return {
      state,
      rows: new Map(examples.map(({ id, line }) => [id, line - 2])),
      report: inRun('report.md'),
      record: JSON.parse(inRun('report.json')) as Outcome['record'],
      taskCalls,
      optimizerCalls,
      tried,
    };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with a request to the task model: nothing of it may be. */
function wrongWith(request: ChatRequest, shownRows: ReadonlySet<number>): string[] {
  const said = saidIn(request);
  const own = tickets[rowIn(request)] ?? '';
  const copied = [...tickets.keys()].filter(row => {
    if (tickets[row] === own || shownRows.has(row)) return false;
    const spans = spansOf(said);
    return [...spansOf(tickets[row] ?? '')].some(span => spans.has(span));
  });
  return [
    ...(said.split(rule).length === 2 ? [] : ['the locked rule']),
    ...(said.includes('{"team": "money"}') ? [] : ['the key']),
    ...(/one of: money, way$/m.test(said) ? [] : ['the labels']),
    ...findPlaceholders(said).map(({ raw }) => raw),
    ...(own === '' ? ['the row'] : []),
    ...copied.map(row => `row ${row}`),
  ];
}

/** Rows that stand in candidates as examples, by candidate. */
function examplesByCandidate({ trials }: RunState): ReadonlyMap<string, readonly string[]> {
  return new Map(
    trials.flatMap(each =>
      each.operator === 'demos' && each.status === 'decided'
        ? [[each.candidateId, each.shown ?? []] as const]
        : [],
    ),
  );
}

const searches = strategyNames.flatMap(strategy => [
  { name: strategy, settings: { strategy } },
  ...(strategy === 'patch-race'
    ? [{ name: 'patch-race with its bandit', settings: { strategy, bandit: true } }]
    : []),
]);

describe('Against an optimizer model that breaks what it was told to keep,', function () {
  this.timeout(120_000);
  for (const { name, settings } of searches) {
    it(`${name} pays for no such prompt, and its report names what was refused`, async () => {
      const { state, rows, report, record, taskCalls, optimizerCalls, tried } =
        await runAgainst(settings);
      assert.ok(taskCalls.length > 0);
      const examples = examplesByCandidate(state);
      const shown = new Set([...examples.values()].flat().map(id => rows.get(id) ?? -1));
      for (const request of taskCalls) {
        assert.deepEqual(wrongWith(request, shown), [], saidIn(request));
      }
      for (const { candidateId, split, rollouts } of state.evaluations) {
        const scored = new Set(rollouts.map(each => each.exampleId));
        const own = examples.get(candidateId) ?? [];
        assert.ok(!own.some(id => scored.has(id)), `${split} rows stand in their own prompt`);
      }
      const skipped = record.trials.flatMap(({ status, why }) => (status === 'skipped' ? why : []));
      for (const { name: breach, reason } of tried) {
        assert.match(report, reason, breach);
        assert.ok(
          skipped.some(why => reason.test(why ?? '')),
          breach,
        );
      }
      const unasked = ['squeeze', 'remove', 'merge', 'demos'];
      const pointless = record.trials.filter(
        ({ operator, status, cost }) =>
          status === 'skipped' && unasked.includes(operator) && cost.rows === 0,
      );
      assert.deepEqual(pointless, [], 'what costs no proposal is not even offered');
      for (const request of optimizerCalls) {
        assert.ok(saidIn(request).includes(`<locked>${rule}</locked>`));
        assert.match(saidIn(request), /<contract>the key "team" of the JSON example\n/);
      }
    });
  }
});
