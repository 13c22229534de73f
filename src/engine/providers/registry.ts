import { CancelledError, RequestError } from '../core/errors.ts';
import type { LanguageModel, ModelListing, Price, ProviderListing } from '../core/languageModel.ts';
import type { Provider } from '../core/provider.ts';
import type { Role } from '../core/usage.ts';

/** All providers by name: "provider:model" → model. */
export interface ProviderRegistry {
  /** Throws a `RequestError` that lists the providers where the id names none of them. */
  modelNamed(id: string): LanguageModel;
  /** The listed price; undefined where it is not known. */
  priceOf(id: string): Price | undefined;
  /** What every provider offers now, in the order of the providers; the simulated ones last. */
  list(signal?: AbortSignal): Promise<ProviderListing[]>;
  /**
   * The first model that is available and not about to be shut down; a simulated one only where
   * there is no other, and then the one made for the role. Models that may only refine count for
   * the role of the optimizer alone.
   */
  defaultModel(signal?: AbortSignal, role?: Role): Promise<string>;
  /** The model that rewrites prompts where a person chose the task model only. */
  optimizerFor(taskModel: string): string;
  /** Whether the id names a simulation. */
  isSimulated(id: string): boolean;
  /** Why this model may be used for one-shot refinement only; undefined where it is not limited. */
  refineOnly(id: string): string | undefined;
}

/** Name of the provider whose models are simulations. */
export const demoName = 'demo';

/** Puts providers side by side; the last one with a name wins. */
export function providerRegistry(providers: readonly Provider[]): ProviderRegistry {
  const byName = new Map(providers.map(provider => [provider.name, provider]));
  const ordered = [...byName.values()].sort(
    (left, right) => Number(left.name === demoName) - Number(right.name === demoName),
  );

  const find = (id: string): { provider: Provider; model: string } => {
    const colon = id.indexOf(':');
    const provider = byName.get(id.slice(0, colon));
    const model = id.slice(colon + 1).trim();
    if (colon > 0 && provider && model !== '') return { provider, model };
    throw new RequestError(wrongId(id, colon, provider, [...byName.keys()]), 'choose-model');
  };

  const list = (signal?: AbortSignal): Promise<ProviderListing[]> =>
    Promise.all(ordered.map(provider => listed(provider, signal)));

  return {
    modelNamed: id => {
      const { provider, model } = find(id);
      return provider.model(model);
    },
    priceOf: id => {
      const { provider, model } = find(id);
      return provider.price(model);
    },
    list,
    defaultModel: async (signal, role = 'task') => {
      const models = (await list(signal)).flatMap(listing => listing.models);
      const fit =
        role === 'optimizer'
          ? models
          : models.filter(each => find(each.id).provider.refineOnly === undefined);
      const chosen = firstAvailable(fit, role);
      if (chosen) return chosen.id;
      throw new RequestError(
        'No model is available. Enter a key, start a local server, or choose demo:task.',
        'choose-model',
      );
    },
    optimizerFor: id => (find(id).provider.name === demoName ? `${demoName}:optimizer` : id),
    isSimulated: id => find(id).provider.name === demoName,
    refineOnly: id => find(id).provider.refineOnly,
  };
}

function wrongId(
  id: string,
  colon: number,
  provider: Provider | undefined,
  names: readonly string[],
): string {
  const known = names.map(name => `${name}:MODEL`).join(', ');
  if (colon <= 0) return `"${id}" is not a model id. Write it as PROVIDER:MODEL, one of ${known}.`;
  if (provider) return `"${id}" names no model. Write one behind the colon: ${id.trim()}MODEL.`;
  return `There is no provider "${id.slice(0, colon)}". Write one of ${known}.`;
}

async function listed(provider: Provider, signal?: AbortSignal): Promise<ProviderListing> {
  try {
    return await provider.list(signal);
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    // One provider that breaks its promise must not hide the models of the others.
    const problem = error instanceof Error ? error.message : String(error);
    return { provider: provider.name, models: [], problem };
  }
}

function firstAvailable(models: readonly ModelListing[], role: Role): ModelListing | undefined {
  const real = models.filter(model => !model.simulated);
  return (
    real.find(model => model.shutdownDate === undefined) ??
    real[0] ??
    models.find(model => model.id.endsWith(`:${role}`)) ??
    models[0]
  );
}
