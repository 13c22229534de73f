import { EngineError } from './core/errors.ts';
import type { Dataset } from './core/example.ts';
import type { VersionRef } from './core/version.ts';
import { measuredMetrics } from './guards.ts';
import { candidateId } from './keepMeasurement.ts';
import type { EngineParts } from './parts.ts';
import type { PreparedRun } from './prepare.ts';
import type { Stores, StoredRequest } from './session.ts';
import type { OptimizeRequest } from './verbs.ts';

/** Digests of what a run was begun with, beside its dataset and the text of its prompt. */
export interface RunDigests {
  /** By the metric's name: its files, its rubric, its judges and where they are served. */
  readonly metrics: Readonly<Record<string, string>>;
  /** By the model's id: where it is served. */
  readonly models: Readonly<Record<string, string>>;
  /** What people noted about rows, which is no part of the dataset's fingerprint; absent in old runs. */
  readonly notes?: string;
}

/** The digests of a request whose models are chosen. Throws as the metrics do. */
export function digestsOf(
  request: OptimizeRequest,
  parts: EngineParts,
  { examples }: Dataset,
): RunDigests {
  const { hash, metricNamed, catalog } = parts;
  const servedAt = (id: string): string => hash(catalog.modelNamed(id).origin ?? '');
  const digestOf = (name: string): string => {
    const { madeFrom, judges = [] } = metricNamed(name);
    const asked = judges.map(({ model, rubric }) => [model, servedAt(model), rubric]);
    return hash(JSON.stringify([madeFrom?.() ?? '', asked]));
  };
  const models = [request.taskModel, request.optimizerModel].filter(id => id !== undefined);
  return {
    metrics: Object.fromEntries(
      measuredMetrics(request, metricNamed).map(name => [name, digestOf(name)]),
    ),
    models: Object.fromEntries(models.map(id => [id, servedAt(id)])),
    notes: hash(JSON.stringify(examples.flatMap(({ id, note }) => (note ? [[id, note]] : [])))),
  };
}

/** What is not as it was when the run began, a sentence each; runs of old carry fewer digests. */
export async function changesSince(
  { request, version, datasetFingerprint, digests, savedOriginal }: StoredRequest,
  prepared: PreparedRun,
  parts: EngineParts,
  stores: Stores,
): Promise<string[]> {
  const now = digestsOf(request, parts, prepared.dataset);
  const { promptName } = request;
  const isOther = (before: string | undefined, after: string | undefined): boolean =>
    before !== undefined && before !== after;
  return [
    ...(prepared.dataset.fingerprint === datasetFingerprint
      ? []
      : [`The dataset ${prepared.dataset.name} has changed.`]),
    ...(isOther(digests?.notes, now.notes)
      ? [`The notes on rows of ${prepared.dataset.name} have changed.`]
      : []),
    ...Object.entries(now.metrics)
      .filter(([name, after]) => isOther(digests?.metrics[name], after))
      .map(([name]) => `The metric ${name} has changed: its file, its rubric or its judge.`),
    ...Object.entries(now.models)
      .filter(([id, after]) => isOther(digests?.models[id], after))
      .map(([id]) => {
        const { origin = 'another address' } = parts.catalog.modelNamed(id);
        return `The model ${id} is served from another address than before, now ${origin}.`;
      }),
    ...((await isAsKnown(
      { promptName, number: version },
      request.prompt,
      savedOriginal,
      parts,
      stores,
    ))
      ? []
      : [
          `Version ${version} of ${promptName} is not the text any more that the run began with; the run keeps that text.`,
        ]),
  ];
}

/** What a person agrees to who accepts the changes: the next resume finds nothing new in them. */
export async function termsOf(
  { request, version }: StoredRequest,
  prepared: PreparedRun,
  parts: EngineParts,
  stores: Stores,
): Promise<RunTerms> {
  const { promptName } = request;
  return {
    datasetFingerprint: prepared.dataset.fingerprint,
    digests: digestsOf(request, parts, prepared.dataset),
    savedOriginal: await digestOfSaved({ promptName, number: version }, parts, stores),
  };
}

/** What takes the place of what a run was begun with. */
export type RunTerms = Pick<StoredRequest, 'datasetFingerprint' | 'digests' | 'savedOriginal'>;

async function isAsKnown(
  ref: VersionRef,
  prompt: OptimizeRequest['prompt'],
  savedOriginal: string | undefined,
  parts: EngineParts,
  stores: Stores,
): Promise<boolean> {
  const saved = await digestOfSaved(ref, parts, stores);
  return saved === candidateId(prompt, parts) || saved === savedOriginal;
}

/** Digest of a saved version's text; empty where it is gone. */
async function digestOfSaved(ref: VersionRef, parts: EngineParts, { history }: Stores) {
  try {
    return candidateId((await history.read(ref)).prompt, parts);
  } catch (error) {
    if (error instanceof EngineError) return '';
    throw error;
  }
}
