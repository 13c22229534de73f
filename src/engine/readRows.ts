import { RequestError } from './core/errors.ts';
import type { Dataset } from './core/example.ts';
import { placeholderNames } from './core/prompt.ts';
import { loadDataset } from './datasets/load.ts';
import { measuredMetrics } from './guards.ts';
import type { EngineParts } from './parts.ts';
import { checkedSettings } from './settings.ts';
import type { OptimizeRequest } from './verbs.ts';

/** An evaluation looks at every row; of larger files at so many, drawn by the seed, and says so. */
const mostEvaluatedRows = 100_000;

/** The rows that a run looks at: the same for the same request and file. */
export async function readRows(
  request: OptimizeRequest,
  parts: EngineParts,
  how: {
    readonly isSplit: boolean;
    /** Whether they were looked at before, so that nothing has to be said of them. */
    readonly isKnown?: boolean;
    /** Further columns that each example brings along; those of the slices where absent. */
    readonly columns?: readonly string[];
    readonly signal?: AbortSignal;
  },
): Promise<Dataset> {
  const { isSplit, isKnown, columns = request.slices, signal } = how;
  const metrics = measuredMetrics(request, parts.metricNamed).map(name => parts.metricNamed(name));
  const { seed, shares, crossValidation } = checkedSettings(request.settings);
  const dataset = await loadDataset(
    parts.datasetPath(request.dataset),
    {
      ...(request.mapping ? { mapping: request.mapping } : {}),
      inputNames: placeholderNames(request.prompt),
      needsExpected: metrics.some(metric => metric.needs === 'expected'),
      seed,
      ...(request.encoding ? { encoding: request.encoding } : {}),
      ...(isSplit ? { repeats: 'leaks' } : { sampleRows: mostEvaluatedRows }),
      ...(shares ? { shares } : {}),
      ...(crossValidation === undefined ? {} : { crossValidation }),
      ...(isKnown ? { repeats: 'none' } : {}),
      ...(columns?.length ? { columns } : {}),
    },
    signal,
  );
  return request.only ? withRows(dataset, new Set(request.only)) : dataset;
}

/** The named rows of a dataset. Throws a `RequestError` where it has none of them. */
function withRows(dataset: Dataset, only: ReadonlySet<string>): Dataset {
  const examples = dataset.examples.filter(({ id }) => only.has(id));
  if (examples.length > 0) return { ...dataset, examples, rows: examples.length };
  throw new RequestError(
    `${dataset.name} has none of the chosen rows any more; read it again and choose among what is there.`,
    'open-dataset',
  );
}
