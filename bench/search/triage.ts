/**
 * Strategies on the sample task (examples/triage) with the models of the demo and default settings,
 * once per seed: what is claimed on the test rows, and what the search paid for it.
 *
 * node bench/search/triage.ts [--strategies a,b] [--seeds 8]
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withDefaults } from '../../src/engine/core/defaults.ts';
import type { LanguageModel } from '../../src/engine/core/languageModel.ts';
import { parsePromptFile } from '../../src/engine/core/promptFile.ts';
import { emptyRun, reduce } from '../../src/engine/core/reduce.ts';
import type { Prompt } from '../../src/engine/core/prompt.ts';
import { loadDataset } from '../../src/engine/datasets/load.ts';
import { splitExamples } from '../../src/engine/datasets/split.ts';
import { localPool } from '../../src/engine/executors/localPool.ts';
import { metricNamed } from '../../src/engine/metrics/registry.ts';
import { optimize } from '../../src/engine/optimize/optimize.ts';
import { runRollout } from '../../src/engine/optimize/runRollout.ts';
import { simulateAnswer } from '../../src/engine/providers/demo/simulateAnswer.ts';
import { meanWithInterval } from './figures.ts';

const { values: asked } = parseArgs({
  options: {
    strategies: { type: 'string', default: 'reflect,patch-race' },
    seeds: { type: 'string', default: '8' },
  },
});
const prompt = parsePromptFile(readFileSync('examples/triage/prompt.md', 'utf8'));
const dataset = await loadDataset('examples/triage/tickets.csv', {
  inputNames: [],
  needsExpected: true,
});
const splits = splitExamples(dataset.examples);

for (const strategy of asked.strategies.split(',')) {
  const runs = [];
  for (let seed = 1; seed <= Number(asked.seeds); seed++) runs.push(await runOf(strategy, seed));
  console.log(
    `${strategy}: test score ${meanWithInterval(runs.map(run => run.best))} from ${runs[0]?.original.toFixed(3)}, ` +
      `calls ${meanWithInterval(runs.map(run => run.calls))}, optimizer calls ${meanWithInterval(runs.map(run => run.proposals))}; ` +
      `each: ${runs.map(run => `${run.best.toFixed(2)}/${run.calls}`).join(' ')}`,
  );
}

async function runOf(strategy: string, seed: number) {
  const settings = withDefaults({ seed, strategy });
  const model: LanguageModel = {
    id: 'demo:simulated',
    generate: request => Promise.resolve({ ...simulateAnswer(request), model: 'demo:simulated' }),
  };
  let state = emptyRun;
  const header = {
    runId: 'bench',
    kind: 'optimize' as const,
    promptName: 'triage',
    version: 1,
    original: { id: idOf(prompt), prompt, parents: [], operator: 'original' },
    settings,
    datasetName: dataset.name,
    datasetFingerprint: dataset.fingerprint,
    rows: {},
    unusableRows: 0,
    metrics: ['accuracy'],
    taskModel: model.id,
    optimizerModel: model.id,
  };
  const run = optimize(
    { header, ...splits },
    {
      executor: localPool({
        concurrency: 8,
        perform: (job, signal) => runRollout(job, model, metricNamed, signal),
      }),
      optimizerModel: model,
      metricNamed,
      candidateId: idOf,
      releaseClaimReserve: () => {},
    },
  );
  for await (const event of run) state = reduce(state, event);
  const claimed = state.evaluations
    .filter(each => each.purpose === 'claim')
    .reduce((sum, each) => sum + each.rollouts.length, 0);
  return {
    original: state.claim?.original['accuracy']?.value ?? 0,
    best: state.claim?.best['accuracy']?.value ?? 0,
    calls: state.spending.task.calls - claimed,
    proposals: state.spending.optimizer.calls,
  };
}

function idOf({ system, output }: Prompt): string {
  return createHash('sha256')
    .update(JSON.stringify([system, output]))
    .digest('hex')
    .slice(0, 16);
}
