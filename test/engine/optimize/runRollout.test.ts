import assert from 'node:assert/strict';
import {
  BudgetError,
  CancelledError,
  ProviderError,
  ScoringError,
} from '../../../src/engine/core/errors.ts';
import type { Metric } from '../../../src/engine/core/metric.ts';
import type { RolloutJob } from '../../../src/engine/core/rollout.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { runRollout } from '../../../src/engine/optimize/runRollout.ts';
import { aCandidate, anExample } from '../../support/builders.ts';
import { scriptedModel, type Reply } from '../../support/scriptedModel.ts';

const job: RolloutJob = {
  id: 'job-1',
  candidate: aCandidate('Name the capital of {{country}}.'),
  example: anExample(4, '', 'Paris', { inputs: { country: 'France' } }),
  split: 'train',
  taskModel: 'scripted:task',
  metrics: ['exact_match', 'token_f1'],
  temperature: 0.2,
  maxTokens: 50,
};
const run = (reply: Reply) => runRollout(job, scriptedModel([reply]), metricNamed);

describe('One rollout', () => {
  it('fills the prompt, asks with the settings of the run, and scores every metric', async () => {
    const model = scriptedModel(['Paris']);
    const rollout = await runRollout(job, model, metricNamed);
    assert.deepEqual(model.requests, [
      {
        role: 'task',
        messages: [{ role: 'user', content: 'Name the capital of France.' }],
        temperature: 0.2,
        maxTokens: 50,
      },
    ]);
    assert.equal(rollout.outcome, 'ok');
    assert.equal(rollout.line, 5);
    assert.equal(rollout.scores['exact_match']?.value, 1);
    assert.equal(rollout.scores['token_f1']?.value, 1);
    assert.equal(rollout.usage.calls, 1);
  });

  it('scores a wrong answer 0 and says why', async () => {
    const rollout = await run('Rome');
    assert.equal(rollout.outcome, 'ok');
    assert.equal(rollout.scores['exact_match']?.value, 0);
    assert.ok(rollout.scores['exact_match'].feedback);
  });

  it('keeps a cut answer, pays for it, and does not score it', async () => {
    const rollout = await run({ text: 'Par', finish: 'cut' });
    assert.equal(rollout.outcome, 'cut');
    assert.equal(rollout.output, 'Par');
    assert.deepEqual(rollout.scores, {});
    assert.equal(rollout.usage.calls, 1);
    assert.match(rollout.failure ?? '', /limit of 50 tokens/);
  });

  it('knows an answer that was declined from a wrong one', async () => {
    assert.equal((await run({ finish: 'refused' })).outcome, 'refused');
    const declined = new ProviderError('refused', 'The content filter stopped it.', {
      scope: 'row',
    });
    const rollout = await run(declined);
    assert.equal(rollout.outcome, 'refused');
    assert.equal(rollout.failure, 'The content filter stopped it.');
  });

  it('marks a row without an answer as failed, with what may have been paid', async () => {
    const late = new ProviderError('timeout', 'No answer in 60 s.', {
      scope: 'row',
      possiblyPaid: 3,
    });
    const rollout = await run(late);
    assert.equal(rollout.outcome, 'failed');
    assert.deepEqual(rollout.scores, {});
    assert.equal(rollout.failure, 'No answer in 60 s.');
    assert.equal(rollout.usage.possiblyPaid, 3);
  });

  it('marks an answer that a metric cannot judge as unscored', async () => {
    const picky: Metric = {
      ...metricNamed('exact_match'),
      score: () => Promise.reject(new ScoringError('The answer is not JSON.')),
    };
    const rollout = await runRollout(job, scriptedModel(['Paris']), () => picky);
    assert.equal(rollout.outcome, 'unscored');
    assert.equal(rollout.failure, 'The answer is not JSON.');
    assert.equal(rollout.usage.calls, 1);
  });

  for (const error of [
    new ProviderError('key-wrong', 'The key was refused.', { scope: 'run' }),
    new BudgetError('usd', 'The budget is used up.'),
    new CancelledError(),
    new TypeError('a fault of the program'),
  ]) {
    it(`throws what stops the whole run: ${error.name}, "${error.message}"`, async () => {
      await assert.rejects(run(error), thrown => thrown === error);
    });
  }

  it('is cancelled, not failed, where the signal aborted, whatever the provider says', async () => {
    const late = new ProviderError('timeout', 'No answer.', { scope: 'row' });
    await assert.rejects(
      runRollout(job, scriptedModel([late]), metricNamed, AbortSignal.abort()),
      CancelledError,
    );
  });
});
