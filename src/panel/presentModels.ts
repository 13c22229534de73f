import type { ModelListing, ProviderListing } from '../engine/index.ts';
import type { Choice } from './messages.ts';

/** Whether a model id names the embedded simulation; every such id begins with `demo:`. */
export function isSimulated(modelId: string | undefined): boolean {
  return modelId?.startsWith('demo:') ?? false;
}

/** The models of the two roles that somebody named; absent where nobody did. */
export interface ModelSettings {
  readonly task?: string;
  readonly optimizer?: string;
}

/** The models to choose from, then chosen ids that nobody lists: a server may serve more. */
export function presentModels(
  providers: readonly ProviderListing[],
  chosen: readonly string[],
): readonly Choice[] {
  const listed = providers.flatMap(provider => provider.models);
  const known = new Set(listed.map(model => model.id));
  const unlisted = [...new Set(chosen)].filter(id => id !== '' && !known.has(id));
  return [
    ...listed.map(model => ({ value: model.id, label: model.id, detail: detailOf(model) })),
    ...unlisted.map(id => ({
      value: id,
      label: id,
      detail: isSimulated(id) ? 'Simulation' : 'Not in the provider’s list',
    })),
  ];
}

/** The model of each role where the form names none, as the engine chooses it. */
export function usualModels(
  providers: readonly ProviderListing[],
  set: ModelSettings,
  taskModel: string,
): ModelSettings {
  const first = providers.flatMap(provider => provider.models)[0]?.id;
  const task = set.task ?? first;
  const runner = taskModel || task;
  // The simulated task model cannot write; its provider has another one for that.
  const optimizer = set.optimizer ?? (isSimulated(runner) ? 'demo:optimizer' : runner);
  return { ...(task ? { task } : {}), ...(optimizer ? { optimizer } : {}) };
}

/** The choice that leaves the model of a role open; it names the one that it comes to. */
export function presentUsualModel(
  providers: readonly ProviderListing[],
  id: string | undefined,
  isSet: boolean,
): Choice {
  if (id === undefined) return { value: '', label: 'First available' };
  const model = providers.flatMap(provider => provider.models).find(each => each.id === id);
  const facts = [isSet ? 'From your settings' : '', model ? detailOf(model) : ''];
  const detail = facts.filter(fact => fact !== '').join(' · ');
  return { value: '', label: `${id} (suggested)`, ...(detail === '' ? {} : { detail }) };
}

/** Whether every model that could run now is a simulation; false while no provider has answered. */
export function isOnlySimulated(providers: readonly ProviderListing[]): boolean {
  const listed = providers.flatMap(provider => provider.models);
  return listed.length > 0 && listed.every(model => model.simulated);
}

/** The sentences of providers that offer nothing now. */
export function presentModelNotes(providers: readonly ProviderListing[]): readonly string[] {
  return providers.flatMap(provider => (provider.problem ? [provider.problem] : []));
}

function detailOf(model: ModelListing): string {
  const facts = [
    model.simulated ? 'Simulation' : model.origin,
    model.shutdownDate ? `shuts down ${model.shutdownDate}` : '',
    model.price || model.simulated ? '' : 'price unknown',
  ];
  return facts.filter(fact => fact !== '').join(' · ');
}
