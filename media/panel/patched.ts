import type { Patch } from '../../src/panel/patch.ts';

/** The state that a patch leads to. What did not change is the very same object. Pure. */
export function patched(before: unknown, patch: Patch): unknown {
  if ('set' in patch) return patch.set;
  if ('keep' in patch) {
    const entries: readonly unknown[] = Array.isArray(before) ? before : [];
    return [...entries.slice(0, patch.keep), ...patch.then];
  }
  const entries = new Map(Object.entries(isObject(before) ? before : {}));
  for (const name of patch.gone ?? []) entries.delete(name);
  for (const [name, change] of Object.entries(patch.fields)) {
    entries.set(name, patched(entries.get(name), change));
  }
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
