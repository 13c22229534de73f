import type { HostSyntax } from './literal.ts';

/** Host languages, each loaded when it is first needed: name → its grammar and rules. */
const hosts: Readonly<Record<string, () => Promise<HostSyntax>>> = {
  python: async () => (await import('./python/python.ts')).python,
};

/** VS Code's language ids and the endings of files that mean the same. */
const names: readonly (readonly [host: string, ids: string, endings: string])[] = [
  ['python', 'python', 'py pyi pyw'],
];

/** Loads the host language with this VS Code language id; undefined where there is none. */
export async function hostOf(language: string): Promise<HostSyntax | undefined> {
  const [name] = names.find(([, ids]) => ids.split(' ').includes(language)) ?? [];
  return name === undefined ? undefined : hosts[name]?.();
}
