/**
 * What of a state is not as it was, so that a page which has the state before need not be sent all
 * of it again. A state is plain JSON: texts, numbers, lists and objects. The page has the other half
 * of this, `media/panel/patched.ts`.
 */
export type Patch =
  /** In place of what was there. */
  | { readonly set: unknown }
  /** Of an object: fields that differ, and the names of those that are gone. */
  | { readonly fields: Readonly<Record<string, Patch>>; readonly gone?: readonly string[] }
  /** Of a list: the first `keep` entries stay, these follow. */
  | { readonly keep: number; readonly then: readonly unknown[] };

/** How to come from one state to the next; undefined where they are the same. Pure. */
export function patchOf(before: unknown, after: unknown): Patch | undefined {
  if (Object.is(before, after)) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return patchOfList(before, after);
  if (isObject(before) && isObject(after)) return patchOfObject(before, after);
  return { set: after };
}

/** Lists of a run grow at their end, and their last entries change: what is before them is kept. */
function patchOfList(before: readonly unknown[], after: readonly unknown[]): Patch | undefined {
  let keep = 0;
  const shorter = Math.min(before.length, after.length);
  while (keep < shorter && patchOf(before[keep], after[keep]) === undefined) keep += 1;
  if (keep === before.length && keep === after.length) return undefined;
  return { keep, then: after.slice(keep) };
}

function patchOfObject(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Patch | undefined {
  const fields: [string, Patch][] = [];
  for (const [name, value] of Object.entries(after)) {
    // JSON has no such field either.
    if (value === undefined) continue;
    const change = has(before, name) ? patchOf(before[name], value) : { set: value };
    if (change) fields.push([name, change]);
  }
  const gone = Object.keys(before).filter(name => has(before, name) && !has(after, name));
  if (fields.length === 0 && gone.length === 0) return undefined;
  return { fields: Object.fromEntries(fields), ...(gone.length > 0 ? { gone } : {}) };
}

function has(record: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.hasOwn(record, name) && record[name] !== undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
