import { RunChangedError } from './core/errors.ts';
import type { Gate } from './core/gate.ts';
import type { RunEvent, RunHeader } from './core/run.ts';
import { keepMapping } from './keptMapping.ts';
import type { EngineParts } from './parts.ts';
import {
  prepareEvaluation,
  prepareOptimization,
  type PreparedOptimization,
  type PreparedRun,
} from './prepare.ts';
import {
  evaluateSession,
  optimizeSession,
  type Session,
  type Stores,
  type StoredRequest,
} from './session.ts';
import { changesSince, digestsOf, termsOf, type RunTerms } from './runChanges.ts';
import { addTerms, newestTerms } from './store/runTerms.ts';
import type { OptimizeRequest, ResumeOptions } from './verbs.ts';

/** What a person holds while a run is under way. */
export interface RunControls {
  readonly signal: AbortSignal | undefined;
  readonly gate: Gate | undefined;
}

/** Checks the request, saves the original as a version, makes the run's folder, and runs. */
export async function* beginRun(
  kind: RunHeader['kind'],
  request: OptimizeRequest,
  parts: EngineParts,
  stores: Stores,
  { signal, gate }: RunControls,
): AsyncGenerator<RunEvent> {
  const prepared = await prepare(kind, request, parts, signal);
  const { promptName, prompt, source } = request;
  const newest = (await stores.history.list(promptName)).at(-1);
  const parent = newest ? { parentId: newest.id } : {};
  const { number } = await stores.history.save({
    promptName,
    prompt,
    origin: 'typed',
    ...parent,
    ...(source === undefined ? {} : { metadata: { source } }),
  });
  await keepMapping(parts.files, prepared.request, prepared.dataset);
  const asked = { ...prepared.request, ...chosenModels(prepared) };
  const stored: StoredRequest = {
    kind,
    request: asked,
    version: number,
    datasetFingerprint: prepared.dataset.fingerprint,
    digests: digestsOf(asked, parts, prepared.dataset),
  };
  const runId = await stores.logs.create(promptName, stored);
  const session = { ...stored, runId, stores, parts, resumed: false, ...(gate ? { gate } : {}) };
  yield* run(session, prepared, signal);
}

/**
 * Does the run again from its first event, with every answer that was paid taken from its record:
 * the search is a function of the seed, the rows and the answers, so it comes to where it was. With
 * a changed dataset that the person accepts it is the run over the rows as they are now, in which
 * only requests that are still the same are not paid again.
 */
export async function* resumeRun(
  runId: string,
  { budget, gate, acceptChanges = false }: ResumeOptions,
  parts: EngineParts,
  stores: Stores,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  const stored = withBudget(await storedRequest(runId, parts, stores), budget);
  const prepared = await prepare(stored.kind, stored.request, parts, signal);
  const changes = await changesSince(stored, prepared, parts, stores);
  if (changes.length > 0 && !acceptChanges) throw new RunChangedError(runId, changes);
  const session = { ...stored, runId, stores, parts, resumed: true, ...(gate ? { gate } : {}) };
  const agreed = changes.length > 0 || budget !== undefined;
  const terms = agreed
    ? {
        ...(await termsOf(stored, prepared, parts, stores)),
        budget: stored.request.settings?.budget ?? {},
      }
    : undefined;
  for await (const event of run(session, prepared, signal)) {
    // With its first event the run is ours: a run that another one holds keeps its terms.
    if (event.type === 'run-start' && terms)
      await addTerms(parts.files, stored.request.promptName, runId, terms);
    yield event;
  }
}

/** What is not as it was when the run began; see `changesSince`. */
export async function changesOfRun(
  runId: string,
  parts: EngineParts,
  stores: Stores,
  signal?: AbortSignal,
): Promise<string[]> {
  const stored = await storedRequest(runId, parts, stores);
  const prepared = await prepare(stored.kind, stored.request, parts, signal);
  return changesSince(stored, prepared, parts, stores);
}

/**
 * What was asked for, with what was agreed to since; its columns are those of the run, whatever was
 * kept since.
 */
async function storedRequest(
  runId: string,
  { files }: EngineParts,
  { logs }: Stores,
): Promise<StoredRequest> {
  const first = (await logs.request(runId)) as StoredRequest;
  const { promptName } = first.request;
  const terms = await newestTerms(files, promptName, runId);
  const { budget, ...agreed } = (terms ?? {}) as Partial<RunTerms> & Pick<ResumeOptions, 'budget'>;
  const stored = withBudget({ ...first, ...agreed }, budget);
  return { ...stored, request: { ...stored.request, mappingIsWhole: true } };
}

function withBudget(stored: StoredRequest, budget: ResumeOptions['budget']): StoredRequest {
  if (!budget) return stored;
  const { request } = stored;
  return { ...stored, request: { ...request, settings: { ...request.settings, budget } } };
}

function prepare(
  kind: RunHeader['kind'],
  request: OptimizeRequest,
  parts: EngineParts,
  signal?: AbortSignal,
): Promise<PreparedRun | PreparedOptimization> {
  return kind === 'optimize'
    ? prepareOptimization(request, parts, signal)
    : prepareEvaluation(request, parts, signal);
}

function chosenModels(prepared: PreparedRun | PreparedOptimization) {
  const { taskModel } = prepared;
  return 'optimizerModel' in prepared
    ? { taskModel, optimizerModel: prepared.optimizerModel }
    : { taskModel };
}

function run(
  session: Session,
  prepared: PreparedRun | PreparedOptimization,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  return 'splits' in prepared
    ? optimizeSession(session, prepared, signal)
    : evaluateSession(session, prepared, signal);
}
