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
  {
    ids: ['prompt', 'instructions', 'chatagent'],
    endings: ['prompt.md', 'instructions.md', 'agent.md', 'chatmode.md'],
    load: async () => (await import('./prose/prose.ts')).promptFile,
  },
  {
    ids: ['prompty'],
    endings: ['prompty'],
    load: async () => (await import('./prose/prose.ts')).prompty,
  },
  {
    ids: ['markdown', 'mdx'],
    endings: ['md', 'markdown', 'mdx'],
    load: async () => (await import('./prose/prose.ts')).markdown,
  },
  {
    ids: ['plaintext', 'handlebars', 'jinja', 'restructuredtext'],
    endings: ['txt', 'prompt', 'hbs', 'j2', 'jinja', 'rst'],
    load: async () => (await import('./prose/prose.ts')).plainText,
  },
];

/** Loads the host language with this VS Code language id; undefined where there is none. */
export async function hostOf(language: string): Promise<HostSyntax | undefined> {
  return hosts.find(({ ids }) => ids.includes(language))?.load();
}

/** Whether there are rules for the language with this VS Code id. */
export function knowsLanguage(language: string): boolean {
  return hosts.some(({ ids }) => ids.includes(language));
}

/** The language id of a file by its name; undefined where the ending says nothing. */
export function languageOf(path: string): string | undefined {
  const name = path.toLowerCase();
  return hosts.find(({ endings }) => endings.some(each => name.endsWith(`.${each}`)))?.ids[0];
}
