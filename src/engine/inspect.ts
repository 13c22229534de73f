import type { Dataset } from './core/example.ts';
import { loadDataset } from './datasets/load.ts';
import { previewDataset } from './datasets/preview.ts';
import type { DatasetRequest } from './verbs.ts';

/**
 * Reads a whole dataset file for a person who wants to know what is in it. Where neither names nor
 * the request say which column is the input, the one with the longest texts is taken for it.
 */
export async function inspectDataset(
  path: string,
  { inputNames = [], mapping, encoding }: DatasetRequest,
  signal?: AbortSignal,
): Promise<Dataset> {
  const read = encoding === undefined ? {} : { encoding };
  const preview = await previewDataset(path, { inputNames, ...read }, signal);
  const inputs = mapping?.inputs ?? preview.suggested?.inputs;
  const [longest] = [...(preview.described ?? [])].sort((a, b) => b.longest - a.longest);
  const input = longest?.name ?? preview.columns[0] ?? '';
  return loadDataset(
    path,
    {
      ...read,
      mapping: { ...mapping, inputs: inputs ?? { input } },
      inputNames,
      needsExpected: false,
      describe: true,
    },
    signal,
  );
}
