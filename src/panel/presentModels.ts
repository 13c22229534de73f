import type { ModelListing, ProviderListing } from '../engine/index.ts';
import type { Choice } from './messages.ts';

/** Whether a model id names the embedded simulation; every such id begins with `demo:`. */
export function isSimulated(modelId: string | undefined): boolean {
  return modelId?.startsWith('demo:') ?? false;
}

/**
 * The models to choose from: the default first, then what the providers list, then chosen ids
 * that nobody lists (a server may serve more than it says).
 */
export function presentModels(
  providers: readonly ProviderListing[],
  chosen: readonly string[],
): readonly Choice[] {
  const listed = providers.flatMap(provider => provider.models);
  const known = new Set(listed.map(model => model.id));
  const unlisted = [...new Set(chosen)].filter(id => id !== '' && !known.has(id));
  const first = listed[0];
  return [
    {
      value: '',
      label: first ? `First available (${first.id})` : 'First available',
      ...(first ? { detail: detailOf(first) } : {}),
    },
    ...listed.map(model => ({ value: model.id, label: model.id, detail: detailOf(model) })),
    ...unlisted.map(id => ({
      value: id,
      label: id,
      detail: isSimulated(id) ? 'Simulation' : 'Not in the provider’s list',
    })),
  ];
}

/** The sentences of providers that offer nothing now. */
export function presentModelNotes(providers: readonly ProviderListing[]): readonly string[] {
  return providers.flatMap(provider => (provider.problem ? [provider.problem] : []));
}

/** The model that an empty choice stands for. */
export function defaultModel(providers: readonly ProviderListing[]): string | undefined {
  return providers.flatMap(provider => provider.models)[0]?.id;
}

function detailOf(model: ModelListing): string {
  const facts = [
    model.simulated ? 'Simulation' : model.origin,
    model.shutdownDate ? `shuts down ${model.shutdownDate}` : '',
    model.price || model.simulated ? '' : 'price unknown',
  ];
  return facts.filter(fact => fact !== '').join(' · ');
}
