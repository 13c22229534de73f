import { DatasetError } from './core/errors.ts';
import type { ColumnMapping, Dataset, DatasetPreview, DatasetProblem } from './core/example.ts';
import type { Files } from './core/files.ts';
import { placeholderNames } from './core/prompt.ts';
import { previewDataset } from './datasets/preview.ts';
import type { EngineParts } from './parts.ts';
import { readRows } from './readRows.ts';
import { readKeptColumns, writeKeptColumns, type KeptColumns } from './store/keptColumns.ts';
import type { DatasetRequest, EvaluateRequest } from './verbs.ts';

/** A dataset as far as its columns go. */
type Table = Pick<Dataset, 'name' | 'columns'>;

/** What was kept for a prompt and a dataset, or why what was kept is of no use any more. */
interface KeptMapping {
  readonly mapping?: Partial<ColumnMapping>;
  readonly warning?: DatasetProblem;
}

/** A request whose mapping says all, with what is to be told of how it came about. */
interface MappedRequest<Request extends EvaluateRequest> {
  readonly request: Request & { readonly mappingIsWhole: true };
  /** One sentence where kept columns are used. */
  readonly note?: string;
  readonly warning?: DatasetProblem;
}

/**
 * The newest choice for this file or for a file of the same columns, as long as the file still has
 * the columns that it names. Throws a `StoreError` where what was kept cannot be read.
 */
async function keptMapping(
  files: Files,
  promptName: string,
  { name, columns }: Table,
): Promise<KeptMapping> {
  const meant = (await readKeptColumns(files, promptName)).filter(
    kept => kept.dataset === name || haveSameNames(kept.columns, columns),
  );
  const [newest] = meant;
  if (!newest) return {};
  const fitting = meant.find(kept => missingIn(columns, kept.mapping).length === 0);
  if (fitting) return { mapping: fitting.mapping };
  const gone = missingIn(columns, newest.mapping).map(column => `"${column}"`);
  const message = `the columns that were kept for ${promptName} do not fit any more, since ${gone.join(' and ')} ${gone.length === 1 ? 'is' : 'are'} gone; the names of the columns decide again.`;
  return { warning: { line: 1, message } };
}

/** A dataset's columns and first rows, with what was kept for the prompt that is named. */
export async function previewFor(
  dataset: string,
  request: DatasetRequest = {},
  { files, datasetPath }: Pick<EngineParts, 'files' | 'datasetPath'>,
  signal?: AbortSignal,
): Promise<DatasetPreview> {
  const preview = await previewDataset(datasetPath(dataset), request, signal);
  if (request.promptName === undefined) return preview;
  const { mapping, warning } = await keptMapping(files, request.promptName, preview);
  return {
    ...preview,
    ...(mapping ? { kept: mapping } : {}),
    ...(warning ? { keptWarning: warning } : {}),
  };
}

/**
 * Lays what the request says over what was kept for its prompt. A request that says all is taken
 * as it stands.
 */
async function withKeptMapping<Request extends EvaluateRequest>(
  request: Request,
  { files, datasetPath }: Pick<EngineParts, 'files' | 'datasetPath'>,
  signal?: AbortSignal,
): Promise<MappedRequest<Request>> {
  const whole = { ...request, mappingIsWhole: true as const };
  const { promptName, prompt, dataset, encoding, mapping: said = {} } = request;
  if (request.mappingIsWhole || (await readKeptColumns(files, promptName)).length === 0) {
    return { request: whole };
  }
  const table = await previewDataset(
    datasetPath(dataset),
    encoding === undefined ? {} : { encoding },
    signal,
  );
  const kept = await keptMapping(files, promptName, table);
  if (!kept.mapping) return { request: whole, ...kept };
  const mapping = laidOver(said, forPrompt(kept.mapping, new Set(placeholderNames(prompt))));
  return {
    request: { ...whole, mapping },
    note: `Columns as kept for ${promptName}: ${sentenceOf(mapping)}.`,
  };
}

/** The rows of a request by the columns that it names, that were kept, or that are clear. */
export async function readMappedRows<Request extends EvaluateRequest>(
  asked: Request,
  parts: EngineParts,
  how: { readonly isSplit: boolean; readonly signal?: AbortSignal },
) {
  const { request, note, warning } = await withKeptMapping(asked, parts, how.signal);
  try {
    const dataset = await readRows(request, parts, how);
    const warnings = [...(warning ? [warning] : []), ...(dataset.warnings ?? [])];
    return { request, note, dataset: warning ? { ...dataset, warnings } : dataset };
  } catch (error) {
    if (!warning || !(error instanceof DatasetError) || error.remedy !== 'choose-columns')
      throw error;
    const unclear = error.message.slice(`${error.file}: `.length);
    throw new DatasetError(
      error.file,
      undefined,
      `${warning.message} But ${unclear}`,
      error.remedy,
    );
  }
}

/** Keeps the mapping of a request for the runs to come, where it is not what was kept already. */
export async function keepMapping(
  files: Files,
  { promptName, mapping }: EvaluateRequest,
  { name, columns }: Table,
): Promise<void> {
  if (!mapping || columnsOf(mapping).length === 0) return;
  const kept = await keptMapping(files, promptName, { name, columns });
  if (kept.mapping && sentenceOf(kept.mapping) === sentenceOf(mapping)) return;
  const choice: KeptColumns = { dataset: name, columns, mapping };
  await writeKeptColumns(files, promptName, choice);
}

function laidOver(
  said: Partial<ColumnMapping>,
  kept: Partial<ColumnMapping>,
): Partial<ColumnMapping> {
  const inputs = { ...kept.inputs, ...said.inputs };
  return { ...kept, ...said, ...(Object.keys(inputs).length > 0 ? { inputs } : {}) };
}

/** Without the inputs of placeholders that the prompt has not got any more. */
function forPrompt(
  { inputs = {}, ...others }: Partial<ColumnMapping>,
  names: ReadonlySet<string>,
): Partial<ColumnMapping> {
  const used = Object.entries(inputs).filter(([name]) => names.size === 0 || names.has(name));
  return { ...others, ...(used.length > 0 ? { inputs: Object.fromEntries(used) } : {}) };
}

function columnsOf({ inputs, ...others }: Partial<ColumnMapping>): string[] {
  return [...Object.values(inputs ?? {}), ...Object.values(others)];
}

function missingIn(columns: readonly string[], mapping: Partial<ColumnMapping>): string[] {
  return columnsOf(mapping).filter(column => !columns.includes(column));
}

/** `ticket from "body", expected from "team"`, in an order of its own: equal for equal mappings. */
function sentenceOf({ inputs, ...others }: Partial<ColumnMapping>): string {
  const pairs = [...Object.entries(inputs ?? {}).sort(), ...Object.entries(others).sort()];
  return pairs.map(([name, column]) => `${name} from "${column}"`).join(', ');
}

function haveSameNames(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify([...left].sort()) === JSON.stringify([...right].sort());
}
