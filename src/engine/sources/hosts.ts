import type { HostSyntax } from './literal.ts';

/** A host language: VS Code's ids, the endings of its files, and its rules, loaded when needed. */
interface HostEntry {
  readonly ids: readonly string[];
  readonly endings: readonly string[];
  readonly load: () => Promise<HostSyntax>;
}

const hosts: readonly HostEntry[] = [
  {
    ids: ['python'],
    endings: ['py', 'pyi', 'pyw'],
    load: async () => (await import('./python/python.ts')).python,
  },
  {
    ids: ['javascript', 'javascriptreact'],
    endings: ['js', 'mjs', 'cjs', 'jsx'],
    load: async () => (await import('./script/script.ts')).javascript,
  },
  {
    ids: ['typescript'],
    endings: ['ts', 'mts', 'cts'],
    load: async () => (await import('./script/script.ts')).typescript,
  },
  {
    ids: ['typescriptreact'],
    endings: ['tsx'],
    load: async () => (await import('./script/script.ts')).tsx,
  },
  {
    ids: ['json', 'jsonc', 'jsonl'],
    endings: ['json', 'jsonc', 'jsonl', 'ndjson'],
    load: async () => (await import('./json/json.ts')).json,
  },
  {
    ids: ['yaml', 'dockercompose', 'github-actions-workflow'],
    endings: ['yaml', 'yml'],
    load: async () => (await import('./yaml/yaml.ts')).yaml,
  },
];

/** Loads the host language with this VS Code language id; undefined where there is none. */
export async function hostOf(language: string): Promise<HostSyntax | undefined> {
  return hosts.find(({ ids }) => ids.includes(language))?.load();
}

/** The language id of a file by its name; undefined where the ending says nothing. */
export function languageOf(path: string): string | undefined {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return hosts.find(({ endings }) => endings.includes(ending))?.ids[0];
}
