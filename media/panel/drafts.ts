import type { RunForm } from '../../src/panel/messages.ts';

/**
 * What the person changed in the form and the host has not confirmed yet. A draft wins over the
 * host's text until the host repeats it, or says something of its own while nobody is typing there.
 */
export type Drafts = ReadonlyMap<string, Draft>;

interface Draft {
  readonly value: string;
  /** Texts that the host may still show because it has not seen the newest one. */
  readonly outdated: ReadonlySet<string>;
}

/** No field is ahead of the host. */
export const noDrafts: Drafts = new Map();

/** Remembers what stands in a field now. `field` is a text field of the form or `inputs.NAME`. */
export function draft(drafts: Drafts, hostForm: RunForm, field: string, value: string): Drafts {
  const earlier = drafts.get(field);
  const outdated = new Set(earlier?.outdated);
  outdated.add(textOf(hostForm, field));
  if (earlier) outdated.add(earlier.value);
  outdated.delete(value);
  return new Map(drafts).set(field, { value, outdated });
}

/** Lets go of the drafts that the host has confirmed or overruled; never of the focused field's. */
export function settle(drafts: Drafts, hostForm: RunForm, focused: string | undefined): Drafts {
  const open = [...drafts].filter(([field, { value, outdated }]) => {
    if (field === focused) return true;
    const host = textOf(hostForm, field);
    return host !== value && outdated.has(host);
  });
  return new Map(open);
}

/** The form as the person sees it: the host's, with the drafts laid over it. */
export function withDrafts(hostForm: RunForm, drafts: Drafts): RunForm {
  if (drafts.size === 0) return hostForm;
  const form: Record<string, unknown> = { ...hostForm };
  const inputs = new Map(Object.entries(hostForm.inputs));
  for (const [field, { value }] of drafts) {
    if (field.startsWith(inputPrefix)) inputs.set(field.slice(inputPrefix.length), value);
    else form[field] = value;
  }
  return { ...hostForm, ...form, inputs: Object.fromEntries(inputs) };
}

const inputPrefix = 'inputs.';

/** The text that the host's form holds for a field. */
export function textOf(form: RunForm, field: string): string {
  if (field.startsWith(inputPrefix)) {
    const name = field.slice(inputPrefix.length);
    return Object.hasOwn(form.inputs, name) ? (form.inputs[name] ?? '') : '';
  }
  const value: unknown = Object.entries(form).find(([key]) => key === field)?.[1];
  return typeof value === 'string' ? value : '';
}
