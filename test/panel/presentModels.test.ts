import assert from 'node:assert/strict';
import { presentPanel } from '../../src/panel/present.ts';
import { presentModels } from '../../src/panel/presentModels.ts';
import { filledForm, someParts } from '../support/panelStates.ts';

describe('The models to choose from', () => {
  const listing = {
    provider: 'openai',
    models: [
      {
        id: 'openai:old',
        provider: 'openai',
        origin: 'OpenAI',
        shutdownDate: '2027-01-14',
        price: { inputUsd: 1e-6, outputUsd: 2e-6 },
      },
      { id: 'openai:house', provider: 'openai', origin: 'http://127.0.0.1:11434/v1' },
    ],
  };

  it('say what each one is', () => {
    assert.deepEqual(presentModels([listing], []), [
      { value: 'openai:old', label: 'openai:old', detail: 'OpenAI · shuts down 2027-01-14' },
      {
        value: 'openai:house',
        label: 'openai:house',
        detail: 'http://127.0.0.1:11434/v1 · price unknown',
      },
    ]);
  });

  it('keep a chosen model that nobody lists', () => {
    const choices = presentModels([listing], ['openai:new', 'openai:new', '']);
    assert.deepEqual(choices.at(-1), {
      value: 'openai:new',
      label: 'openai:new',
      detail: 'Not in the provider’s list',
    });
    assert.equal(choices.length, 3);
  });

  it('begin with the one that no choice comes to, by the settings where they name one', () => {
    const { usualTaskModel, usualOptimizerModel } = presentPanel(
      someParts({ providers: [listing], modelSettings: { optimizer: 'openai:house' } }),
    );
    assert.deepEqual(usualTaskModel, {
      value: '',
      label: 'openai:old (suggested)',
      detail: 'OpenAI · shuts down 2027-01-14',
    });
    assert.deepEqual(usualOptimizerModel, {
      value: '',
      label: 'openai:house (suggested)',
      detail: 'From your settings · http://127.0.0.1:11434/v1 · price unknown',
    });
  });

  it('suggest the simulated writer beside the simulated task model, and else the task model itself', () => {
    const suggested = (taskModel: string): string =>
      presentPanel(someParts({ form: { ...filledForm, taskModel } })).usualOptimizerModel.label;
    assert.equal(suggested('demo:task'), 'demo:optimizer (suggested)');
    assert.equal(suggested('openai:house'), 'openai:house (suggested)');
  });

  it('knows that there is nothing but the simulation, once the providers have answered', () => {
    assert.equal(presentPanel(someParts()).onlySimulated, true);
    assert.equal(presentPanel(someParts({ providers: [] })).onlySimulated, false);
    const real = { provider: 'o', models: [{ id: 'o:x', provider: 'o', origin: 'O' }] };
    const providers = [...someParts().providers, real];
    assert.equal(presentPanel(someParts({ providers })).onlySimulated, false);
  });
});
