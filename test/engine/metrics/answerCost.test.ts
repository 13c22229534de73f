import assert from 'node:assert/strict';
import { ScoringError } from '../../../src/engine/core/errors.ts';
import { metricNamed } from '../../../src/engine/metrics/registry.ts';
import { withLatency } from '../../../src/engine/providers/latency.ts';
import { scriptedModel } from '../../support/scriptedModel.ts';
import { exampleWith } from './exampleWith.ts';

const usage = { calls: 1, inputTokens: 10, outputTokens: 5, usd: 0.0004, estimated: false };

describe('What an answer takes', () => {
  it('is its time in seconds on its own scale, less is better', async () => {
    const metric = metricNamed('latency');
    const times = [1500, 500];
    const scores = await Promise.all(
      times.map(milliseconds =>
        metric.score('', exampleWith(undefined), undefined, { usage, milliseconds }),
      ),
    );
    assert.equal(metric.direction, 'lower');
    assert.ok(Math.abs((metric.shown?.(metric.aggregate(scores)) ?? 0) - 1) < 1e-12);
    assert.ok((scores[0]?.value ?? 1) < (scores[1]?.value ?? 0));
  });

  it('is its price in USD for a thousand answers', async () => {
    const metric = metricNamed('cost');
    const score = await metric.score('', exampleWith(undefined), undefined, { usage });
    assert.ok(Math.abs((metric.shown?.(metric.aggregate([score])) ?? 0) - 0.4) < 1e-9);
    assert.equal(metric.needsPrice, true);
  });

  it('is not scored where it is not known, which is not 0', async () => {
    const { usd: _, ...unpriced } = usage;
    for (const name of ['latency', 'cost']) {
      const facts = { usage: unpriced };
      const scored = metricNamed(name).score('', exampleWith(undefined), undefined, facts);
      await assert.rejects(scored, ScoringError);
      await assert.rejects(metricNamed(name).score('', exampleWith(undefined)), ScoringError);
    }
  });

  it('is measured around the request, by the clock that was handed in', async () => {
    const ticks = [100, 350];
    const timed = withLatency(scriptedModel(['Hi.'], 'scripted:task'), () => ticks.shift() ?? 0);
    const answer = await timed.generate({ role: 'task', messages: [] });
    assert.equal(answer.milliseconds, 250);
    assert.equal(answer.text, 'Hi.');
  });
});
