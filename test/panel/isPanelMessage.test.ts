import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isComparisonMessage } from '../../src/panel/isComparisonMessage.ts';
import { isPanelMessage } from '../../src/panel/isPanelMessage.ts';
import type { PanelMessage } from '../../src/panel/messages.ts';
import { blankForm } from '../../src/panel/readForm.ts';

const form = blankForm();

describe('The door for messages of the panel', () => {
  it('lets every message of the contract in', () => {
    const messages: PanelMessage[] = [
      { type: 'panel-ready' },
      { type: 'form-change', form },
      { type: 'form-change', form: { ...form, prompt: { kind: 'file', path: 'a.md' } } },
      { type: 'prompt-pick' },
      { type: 'prompt-open' },
      { type: 'dataset-pick' },
      { type: 'dataset-open' },
      {
        type: 'run-start',
        form: { ...form, prompt: { kind: 'selection', label: 'a.md:3', text: '' } },
      },
      {
        type: 'run-start',
        form: { ...form, prompt: { kind: 'version', promptName: 'triage', number: 3 } },
      },
      { type: 'prompt-test', form },
      { type: 'estimate-again' },
      { type: 'estimate-probe' },
      { type: 'row-open', exampleId: 'a1~2' },
      { type: 'row-fix', exampleId: 'a1~2' },
      { type: 'slices-pick' },
      { type: 'run-cancel' },
      { type: 'run-resume', runId: '2026-11-20-7f3a' },
      { type: 'run-show', runId: '2026-11-20-7f3a' },
      { type: 'run-close' },
      { type: 'trial-select' },
      { type: 'trial-select', number: 4 },
      { type: 'candidate-diff', candidateId: 'c2' },
      { type: 'version-save', candidateId: 'c2' },
      { type: 'demo-start' },
      { type: 'remedy', id: 'set-key' },
    ];
    for (const message of messages) assert.ok(isPanelMessage(message), JSON.stringify(message));
  });

  const refused: readonly [why: string, message: unknown][] = [
    ['nothing at all', undefined],
    ['null', null],
    ['a text', 'panel-ready'],
    ['a list', [{ type: 'panel-ready' }]],
    ['an unknown type', { type: 'command-run', command: 'workbench.action.closeWindow' }],
    ['a type found on the prototype', { type: 'constructor' }],
    ['a form that is missing', { type: 'run-start' }],
    ['a form with a number for a text', { type: 'run-start', form: { ...form, patience: 6 } }],
    ['a form without a field', { type: 'form-change', form: { ...form, metric: undefined } }],
    ['inputs that are a list', { type: 'form-change', form: { ...form, inputs: ['a'] } }],
    ['inputs that are no texts', { type: 'form-change', form: { ...form, inputs: { a: {} } } }],
    ['an unknown prompt', { type: 'form-change', form: { ...form, prompt: { kind: 'url' } } }],
    [
      'a prompt version that is no number',
      {
        type: 'run-start',
        form: { ...form, prompt: { kind: 'version', promptName: 'a', number: '3' } },
      },
    ],
    ['a trial between two', { type: 'trial-select', number: 1.5 }],
    ['a trial below none', { type: 'trial-select', number: -1 }],
    ['a run without a name', { type: 'run-resume', runId: '' }],
    ['a candidate that is no text', { type: 'version-save', candidateId: { toString: 'c2' } }],
    ['a text without end', { type: 'remedy', id: 'x'.repeat(2_000_001) }],
  ];
  for (const [why, message] of refused) {
    it(`keeps out ${why}`, () => assert.equal(isPanelMessage(message), false));
  }

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), value => {
        assert.equal(typeof isPanelMessage(value), 'boolean');
        assert.equal(typeof isPanelMessage({ type: 'run-start', form: value }), 'boolean');
        assert.equal(typeof isComparisonMessage(value), 'boolean');
      }),
    );
  });
});

describe('The door for messages of a comparison', () => {
  it('lets the messages of the contract in and nothing else', () => {
    assert.ok(isComparisonMessage({ type: 'comparison-ready' }));
    assert.ok(isComparisonMessage({ type: 'versions-swap' }));
    assert.ok(isComparisonMessage({ type: 'diff-open' }));
    assert.ok(isComparisonMessage({ type: 'version-add' }));
    assert.ok(isComparisonMessage({ type: 'report-export' }));
    assert.ok(isComparisonMessage({ type: 'rows-show', kind: 'all', from: 120 }));
    assert.ok(isComparisonMessage({ type: 'row-diff', exampleId: 'a', place: 1 }));
    assert.equal(isComparisonMessage({ type: 'rows-show', kind: 'none', from: 0 }), false);
    assert.equal(isComparisonMessage({ type: 'row-diff', exampleId: 1, place: 1 }), false);
    assert.ok(isComparisonMessage({ type: 'version-open', place: 0 }));
    assert.equal(isComparisonMessage({ type: 'version-open', place: -1 }), false);
    assert.equal(isComparisonMessage({ type: 'version-open' }), false);
    assert.equal(isComparisonMessage({ type: 'panel-ready' }), false);
    assert.equal(isComparisonMessage(undefined), false);
  });
});
