import type { Files, LogFile } from '../core/files.ts';

/** Files in a Map, path → text: for tests, and for work that need not outlive the process. */
export function memoryFiles(texts = new Map<string, string>()): Files {
  return {
    read: async (path, from = 0) => {
      const text = texts.get(path);
      return text === undefined || from === 0 ? text : Buffer.from(text).subarray(from).toString();
    },
    write: async (path, text, options) => {
      if (options?.ifAbsent && texts.has(path)) return false;
      texts.set(path, text);
      return true;
    },
    list: async folder => namesBelow(texts.keys(), folder),
    openLog: async path => memoryLog(texts, path),
  };
}

function namesBelow(paths: Iterable<string>, folder: string): string[] {
  const prefix = folder === '' || folder === '.' ? '' : `${folder.replace(/\/+$/, '')}/`;
  const names = new Set<string>();
  for (const path of paths) {
    if (!path.startsWith(prefix)) continue;
    const [name = '', ...deeper] = path.slice(prefix.length).split('/');
    names.add(deeper.length > 0 ? `${name}/` : name);
  }
  return [...names].sort();
}

function memoryLog(texts: Map<string, string>, path: string): LogFile {
  const text = texts.get(path) ?? '';
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) {
    texts.set(`${path}.damaged`, `${texts.get(`${path}.damaged`) ?? ''}${text.slice(end)}\n`);
  }
  texts.set(path, text.slice(0, end));
  const write = (line: string): void => {
    texts.set(path, `${texts.get(path) ?? ''}${line}\n`);
  };
  return {
    write,
    append: async line => write(line),
    close: async () => {},
  };
}
