import {
  EngineError,
  languageOf,
  lintPrompt,
  lintPromptsIn,
  safeEdits,
  withEdits,
  type LintFacts,
  type LintFinding,
  type PromptLiteral,
  type SourceReader,
  type TextRange,
} from '../engine/index.ts';
import { readTextIfThere } from './textFile.ts';
import { writeBack } from './writeBack.ts';

/** What holds for every file of one `lint`. */
export interface Linting {
  readonly reader: SourceReader;
  readonly facts: LintFacts;
  /** Texts of saved versions. */
  readonly known: ReadonlySet<string>;
  /** Whether fixes that need no judgement are written. */
  readonly fixes: boolean;
}

/** A finding as it is printed; lines and columns count from 1, columns in UTF-16 units. */
export interface PrintedFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly message: string;
  /** The title of its quick fix, where there is one. */
  readonly fix?: string;
}

/** What `lint` has to say of one file. */
export interface FileLint {
  readonly file: string;
  readonly prompts: number;
  readonly findings: readonly PrintedFinding[];
  /** How many findings were repaired in the file. */
  readonly fixed: number;
  /** Why it was not read to the end, as a sentence. */
  readonly skipped?: string;
}

interface Found {
  /** Absent where the whole file is the prompt. */
  readonly literal?: PromptLiteral;
  readonly finding: LintFinding;
  readonly place: TextRange;
}

/** Characters beyond which a file holds data or was made by a program. */
const longestFile = 5_000_000;
const wholeFiles: ReadonlySet<string> = new Set(['markdown', 'plaintext']);

/** Lints one file, and repairs it where that was asked for. Throws only for a named file that cannot be read. */
export async function lintFile(
  path: string,
  shown: string,
  isNamed: boolean,
  linting: Linting,
): Promise<FileLint> {
  const nothing = { file: shown, prompts: 0, findings: [], fixed: 0 };
  let text: string | undefined;
  try {
    text = await readTextIfThere(path, shown);
  } catch (error) {
    if (isNamed || !(error instanceof EngineError)) throw error;
    return { ...nothing, skipped: 'this file cannot be read as UTF-8 text, so it was left out.' };
  }
  if (text === undefined) return { ...nothing, skipped: 'this file is gone.' };
  if (text.length > longestFile) {
    return {
      ...nothing,
      skipped: 'this file is longer than 5 million characters and was left out.',
    };
  }
  const language = languageOf(path) ?? 'plaintext';
  const before = await look(text, language, linting);
  const repaired = linting.fixes ? await repairedText(text, language, before.found, linting) : text;
  if (repaired === text) {
    return { ...nothing, prompts: before.prompts, findings: printed(text, before.found, shown) };
  }
  await writeBack({ path }, { current: text, next: repaired });
  const { prompts, found } = await look(repaired, language, linting);
  return {
    ...nothing,
    prompts,
    findings: printed(repaired, found, shown),
    fixed: before.found.length - found.length,
  };
}

async function look(
  text: string,
  language: string,
  { reader, facts, known }: Linting,
): Promise<{ readonly prompts: number; readonly found: readonly Found[] }> {
  if (!wholeFiles.has(language)) {
    const { prompts, findings } = await lintPromptsIn(reader, text, language, facts, each =>
      known.has(each),
    );
    return { prompts: prompts.length, found: findings };
  }
  // The mark belongs to the file and not to the prompt.
  const skipped = text.startsWith('\ufeff') ? 1 : 0;
  const prompt = text.slice(skipped);
  const found = lintPrompt(prompt, facts).map(finding => ({
    finding,
    place: { start: finding.start + skipped, end: finding.end + skipped },
  }));
  return { prompts: prompt.trim() === '' ? 0 : 1, found };
}

/** The file with every fix that needs no judgement; what cannot be written safely stays. */
async function repairedText(
  text: string,
  language: string,
  found: readonly Found[],
  { reader }: Linting,
): Promise<string> {
  const edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];
  for (const literal of new Set(found.map(each => each.literal))) {
    const own = found.filter(each => each.literal === literal);
    const safe = safeEdits(own.map(each => each.finding));
    if (safe.length === 0) continue;
    if (!literal) {
      const skipped = text.startsWith('\ufeff') ? 1 : 0;
      return text.slice(0, skipped) + withEdits(text.slice(skipped), safe);
    }
    const edit = await reader.encode(text, literal, language, withEdits(literal.text, safe));
    if (edit.kind === 'edit') edits.push({ start: edit.start, end: edit.end, text: edit.source });
  }
  edits.sort((left, right) => left.start - right.start);
  // Of literals inside one another only the outer one is written now.
  return withEdits(
    text,
    edits.filter((edit, index) => !edits.slice(0, index).some(each => edit.start < each.end)),
  );
}

function printed(text: string, found: readonly Found[], file: string): PrintedFinding[] {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(each => each.index + each[0].length)];
  const lineAt = (offset: number): { readonly line: number; readonly column: number } => {
    const line = starts.findLastIndex(start => start <= offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  return found.map(({ finding, place }) => {
    const end = lineAt(place.end);
    return {
      file,
      ...lineAt(place.start),
      endLine: end.line,
      endColumn: end.column,
      rule: finding.rule,
      message: finding.message,
      ...(finding.fix ? { fix: finding.fix.title } : {}),
    };
  });
}
