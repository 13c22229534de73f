import assert from 'node:assert/strict';
import { findPlaceholders } from '../../../../src/engine/core/placeholders.ts';
import { collect, anExample } from '../../../support/builders.ts';
import { textOf } from '../../../support/scriptedModel.ts';
import { crateOf, crates, sheds, sortingRun } from '../sortingWorld.ts';

const original = 'Say the shed.\n{{text}}';

/** A task model that knows the shed of a fruit only from an example in the prompt. */
function learnsFromExamples(request: Parameters<typeof textOf>[0]): string {
  const text = textOf(request);
  const own = text.slice(text.lastIndexOf('crate '));
  const fruit = /crate \d+: (\w+)/.exec(own)?.[1] ?? '';
  return new RegExp(`: ${fruit}\\nAnswer: (\\w+)`).exec(text)?.[1] ?? 'unknown';
}

const run = (more = {}) =>
  sortingRun({
    original,
    settings: { strategy: 'demos', targetThreshold: 1, maxIterations: 12 },
    task: learnsFromExamples,
    ...more,
  });

describe('demos', () => {
  it('puts examples of every kind into the prompt, where the input still follows them', async () => {
    const { events, optimizer } = run();
    const { state } = await collect(events);
    const best = state.candidates[state.ended?.bestId ?? '']?.prompt.system ?? '';
    for (const shed of Object.values(sheds)) assert.ok(best.includes(`Answer: ${shed}`), best);
    assert.ok(best.endsWith('{{text}}'), best);
    assert.equal(optimizer.requests.length, 0);
    assert.equal(state.claim?.verdict, 'better');
  });

  it('never shows a row that a prompt is scored on', async () => {
    const { state } = await collect(run().events);
    for (const { prompt, operator } of Object.values(state.candidates)) {
      if (operator !== 'demos') continue;
      const shown = [...prompt.system.matchAll(/crate (\d+):/g)].map(match => Number(match[1]));
      assert.ok(shown.length > 0 && shown.every(crate => crate < 40), prompt.system);
    }
  });

  it('leaves out rows whose text would be filled in as a placeholder', async () => {
    const odd = crates(0, 40).map(row =>
      crateOf({ role: 'task', messages: [{ role: 'user', content: row.inputs['text'] ?? '' }] }) % 2
        ? anExample(row.line - 1, `${row.inputs['text']} {{text}}`, row.expected ?? '')
        : row,
    );
    const { state } = await collect(run({ train: odd }).events);
    for (const { prompt } of Object.values(state.candidates)) {
      assert.equal(findPlaceholders(prompt.system).length, 1, prompt.system);
    }
  });
});
