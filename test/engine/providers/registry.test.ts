import assert from 'node:assert/strict';
import { RequestError } from '../../../src/engine/core/errors.ts';
import type { ModelListing } from '../../../src/engine/core/languageModel.ts';
import type { Provider } from '../../../src/engine/core/provider.ts';
import { demoProvider } from '../../../src/engine/providers/demo/demo.ts';
import { providerRegistry } from '../../../src/engine/providers/registry.ts';

describe('The registry of models', () => {
  it('finds a model by provider and name, colons in the name included', () => {
    const registry = providerRegistry([aProvider('ollama', []), demoProvider()]);
    assert.equal(registry.modelNamed('ollama:llama3:8b').id, 'ollama:llama3:8b');
  });

  for (const [id, sentence] of [
    ['gpt', /"gpt" is not a model id.*one of ollama:MODEL, demo:MODEL/],
    ['', /not a model id/],
    [':x', /not a model id/],
    ['nowhere:x', /no provider "nowhere"\. Write one of ollama:MODEL, demo:MODEL/],
    ['ollama:', /"ollama:" names no model/],
  ] as const) {
    it(`says what is wrong with the model id "${id}"`, () => {
      const registry = providerRegistry([aProvider('ollama', []), demoProvider()]);
      assert.throws(
        () => registry.modelNamed(id),
        (error: RequestError) => error.remedy === 'choose-model' && sentence.test(error.message),
      );
    });
  }

  it('chooses the first model that is available, before the simulation', async () => {
    const registry = providerRegistry([
      demoProvider(),
      aProvider('a', []),
      aProvider('b', [{ id: 'b:x' }]),
    ]);
    assert.equal(await registry.defaultModel(), 'b:x');
  });

  it('passes over a model that is being shut down', async () => {
    const models = [{ id: 'a:old', shutdownDate: '2026-12-01' }, { id: 'a:new' }];
    assert.equal(await providerRegistry([aProvider('a', models)]).defaultModel(), 'a:new');
  });

  it('takes a model that may only refine for no run over a dataset', async () => {
    const editor = { ...aProvider('editor', [{ id: 'editor:x' }]), refineOnly: 'Not over rows.' };
    const registry = providerRegistry([editor, demoProvider()]);
    assert.equal(await registry.defaultModel(), 'demo:task');
    assert.equal(await registry.defaultModel(undefined, 'optimizer'), 'editor:x');
  });

  it('falls back to the simulation, by role', async () => {
    const registry = providerRegistry([aProvider('a', []), demoProvider()]);
    assert.equal(await registry.defaultModel(), 'demo:task');
    assert.equal(await registry.defaultModel(undefined, 'optimizer'), 'demo:optimizer');
    assert.equal(registry.isSimulated('demo:task'), true);
    assert.equal(registry.isSimulated('a:x'), false);
  });

  it('labels the simulation wherever it is listed, and says that it costs nothing', async () => {
    const [listing] = await providerRegistry([demoProvider()]).list();
    assert.deepEqual(
      listing?.models.map(model => [model.id, model.simulated, model.origin]),
      [
        ['demo:task', true, 'built in (simulation)'],
        ['demo:optimizer', true, 'built in (simulation)'],
      ],
    );
    assert.deepEqual(providerRegistry([demoProvider()]).priceOf('demo:task'), {
      inputUsd: 0,
      outputUsd: 0,
    });
  });

  it('keeps the other providers when one of them throws', async () => {
    const broken: Provider = {
      ...aProvider('broken', []),
      list: () => Promise.reject(new Error('out of order')),
    };
    const listings = await providerRegistry([broken, demoProvider()]).list();
    assert.equal(listings[0]?.problem, 'out of order');
    assert.equal(listings[1]?.models.length, 2);
  });

  it('says what to do where there is no model at all', async () => {
    await assert.rejects(providerRegistry([aProvider('a', [])]).defaultModel(), RequestError);
  });
});

function aProvider(name: string, models: readonly Partial<ModelListing>[]): Provider {
  return {
    name,
    list: () =>
      Promise.resolve({
        provider: name,
        models: models.map(model => ({ id: `${name}:m`, provider: name, origin: name, ...model })),
      }),
    model: model => ({
      id: `${name}:${model}`,
      generate: () => Promise.reject(new Error('unused')),
    }),
    price: () => undefined,
  };
}
