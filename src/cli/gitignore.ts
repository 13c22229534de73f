/** One line of a `.gitignore`. */
export interface IgnoreRule {
  /** Fits a path below the folder of the file, with `/` and without one at its ends. */
  readonly pattern: RegExp;
  /** Whether the line begins with `!`: what fits is taken back in. */
  readonly keeps: boolean;
  readonly foldersOnly: boolean;
}

/** Reads a `.gitignore` as git does (gitignore(5), "Pattern format"); lines that fit nothing are left out. */
export function readGitignore(text: string): IgnoreRule[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap(ruleOf);
}

/** Whether rules leave a path out: the last one that fits decides; undefined where none does. */
export function isIgnored(
  rules: readonly IgnoreRule[],
  path: string,
  isFolder: boolean,
): boolean | undefined {
  const last = rules.findLast(rule => (isFolder || !rule.foldersOnly) && rule.pattern.test(path));
  return last && !last.keeps;
}

function ruleOf(line: string): IgnoreRule[] {
  // White space at the end counts only behind a backslash.
  const trimmed = line.replace(/(?<!\\)((?:\\\\)*)[ \t]+$/, '$1');
  if (trimmed === '' || trimmed.startsWith('#')) return [];
  const keeps = trimmed.startsWith('!');
  const body = keeps ? trimmed.slice(1) : trimmed;
  const foldersOnly = body.endsWith('/');
  const glob = foldersOnly ? body.slice(0, -1) : body;
  if (glob === '') return [];
  // A slash at the begin or in the middle ties the pattern to the folder of the file.
  const isTied = glob.includes('/');
  const source = sourceOf(glob.replace(/^\//, ''));
  if (source === undefined) return [];
  return [
    { pattern: new RegExp(`^${isTied ? '' : '(?:.*/)?'}${source}$`, 's'), keeps, foldersOnly },
  ];
}

const token = /\*\*\/|\/\*\*$|\*+|\?|\[(?:[!^]?\]?(?:\\.|[^\]\\])*)\]|\\.|[^]/gs;

function sourceOf(glob: string): string | undefined {
  let source = '';
  for (const match of glob.matchAll(token)) {
    const [part] = match;
    const isAtBegin = match.index === 0 || glob.charAt(match.index - 1) === '/';
    if (part === '\\') return undefined;
    if (part === '**/' && isAtBegin) source += '(?:.*/)?';
    else if (part === '/**') source += '/.+';
    else if (part.startsWith('*')) source += part.endsWith('/') ? '[^/]*/' : '[^/]*';
    else if (part === '?') source += '[^/]';
    else if (part.length > 2 && part.startsWith('[')) source += `(?!/)${classOf(part)}`;
    else source += literally(part.startsWith('\\') ? part.slice(1) : part);
  }
  return isPattern(source) ? source : undefined;
}

function classOf(part: string): string {
  const negated = /^\[[!^]/.test(part);
  const inside = part.slice(negated ? 2 : 1, -1).replace(/\\?([[\]^\\])/g, '\\$1');
  return `[${negated ? '^' : ''}${inside}]`;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A range such as `[z-a]` is none: git takes the line as one that fits nothing. */
function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 's').source !== '';
  } catch {
    return false;
  }
}
