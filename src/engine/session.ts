import type { Split } from './core/example.ts';
import type { Gate } from './core/gate.ts';
import type { RunEvent, RunHeader } from './core/run.ts';
import { ownersRecord } from './ownersRecord.ts';
import { actionRecorder } from './actionRecorder.ts';
import { learnedEdits } from './learnedEdits.ts';
import { guardsIn, measuredMetrics } from './guards.ts';
import { candidateId, keepMeasurement } from './keepMeasurement.ts';
import { evaluateRun } from './optimize/evaluateRun.ts';
import { optimize } from './optimize/optimize.ts';
import { runRollout } from './optimize/runRollout.ts';
import type { EngineParts, RunModels } from './parts.ts';
import { paceMeter } from './paces.ts';
import type { PreparedOptimization, PreparedRun } from './prepare.ts';
import { ownersEvent, settledAfter } from './ownersEvents.ts';
import { runClock } from './runClock.ts';
import { openCallLog } from './store/callLog.ts';
import { judgingRows, keepClaim } from './holdout.ts';
import { keptBack } from './reserve.ts';
import { earlierClaims } from './store/holdouts.ts';
import type { RunDigests } from './runChanges.ts';
import type { MeasuredHistory } from './store/history.ts';
import { callLogPath } from './store/layout.ts';
import type { RunLock, RunLocks } from './store/runLock.ts';
import type { RunLogs } from './store/runLog.ts';
import type { OptimizeRequest } from './verbs.ts';
import { waitQueue, withWaits } from './waits.ts';
import { reporter } from './writeReport.ts';

/** Where versions and runs are kept. */
export interface Stores {
  readonly history: MeasuredHistory;
  readonly logs: RunLogs;
  readonly locks: RunLocks;
}

/** What is kept of a request, so that a run can be gone on with. */
export interface StoredRequest {
  readonly kind: RunHeader['kind'];
  readonly request: OptimizeRequest;
  /** The saved version of the original prompt. */
  readonly version: number;
  readonly datasetFingerprint: string;
  /** Absent in old runs. */
  readonly digests?: RunDigests;
  /** The saved original as it was when a change of it was accepted; absent where none was. */
  readonly savedOriginal?: string;
}

/** A run that has its folder and its checked request, and can begin or go on. */
export interface Session extends StoredRequest {
  readonly runId: string;
  readonly stores: Stores;
  readonly parts: EngineParts;
  /** Whether it goes on with an interrupted run. */
  readonly resumed: boolean;
  /** Shut while the run is paused. */
  readonly gate?: Gate;
}

/** Searches for a better prompt; every event is on its way to the run's log before it is seen. */
export async function* optimizeSession(
  session: Session,
  prepared: PreparedOptimization,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { splits, folds, optimizerModel } = prepared;
  const rows = {
    train: splits.train.length,
    validation: splits.validation.length,
    ...(folds ? {} : { test: splits.test.length }),
  };
  const header: RunHeader = {
    ...headerOf(session, prepared, rows),
    kind: 'optimize',
    ...(folds ? { folds: folds.length } : {}),
    optimizerModel,
  };
  const { runId, request, parts } = session;
  const { promptName } = request;
  const exampleIds = judgingRows(prepared);
  const earlier = await earlierClaims(parts.files, { promptName, exampleIds, runId });
  const learning = prepared.settings.metaModel
    ? await learnedEdits({ runId, promptName }, parts)
    : undefined;
  yield* recorded(session, prepared, [prepared.taskModel, optimizerModel], models => {
    const releaseClaimReserve = keptBack(prepared.reserves, models);
    return optimize(
      {
        header: {
          ...header,
          ...(earlier > 0 ? { earlierClaims: earlier } : {}),
          ...(learning ? { learnedFrom: learning.earlier } : {}),
        },
        ...splits,
        ...(folds ? { folds } : {}),
      },
      {
        ...rolloutSockets(session, prepared, models),
        optimizerModel: models.modelNamed(optimizerModel),
        candidateId: prompt => candidateId(prompt, session.parts),
        releaseClaimReserve,
        ...(learning ? { earlier: learning.learned } : {}),
      },
      signal,
    );
  });
}

/** Runs the prompt on every row of the dataset and measures it. */
export async function* evaluateSession(
  session: Session,
  prepared: PreparedRun,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { examples } = prepared.dataset;
  const header: RunHeader = {
    ...headerOf(session, prepared, { all: examples.length }),
    kind: 'evaluate',
  };
  yield* recorded(session, prepared, [prepared.taskModel], models =>
    evaluateRun({ header, examples }, rolloutSockets(session, prepared, models), signal),
  );
}

/** Works on the run as its only owner: from opening its files to closing them. */
async function* recorded(
  session: Session,
  prepared: PreparedRun | PreparedOptimization,
  modelIds: readonly string[],
  begin: (models: RunModels) => AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  const { runId, request, stores } = session;
  const lock = await stores.locks.acquire(request.promptName, runId);
  try {
    yield* recordedAsOwner({ ...session, lock }, prepared, modelIds, begin);
  } finally {
    await lock.release();
  }
}

async function* recordedAsOwner(
  session: Session & { readonly lock: RunLock },
  prepared: PreparedRun | PreparedOptimization,
  modelIds: readonly string[],
  begin: (models: RunModels) => AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  const { runId, request, parts, stores, lock } = session;
  const { concurrency, budget } = prepared.settings;
  const calls = await openCallLog(parts.files, callLogPath(request.promptName, runId));
  if (lock.afterPowerCut) await calls.doubt(concurrency, prepared.worstCall);
  const log = await stores.logs.openEvents(request.promptName, runId);
  const waits = waitQueue();
  const promptName = request.promptName;
  const actions =
    session.kind === 'optimize' ? await actionRecorder({ runId, promptName }, parts) : undefined;
  const report = reporter({ ...session, promptName }, parts);
  try {
    const clock = runClock(calls.ranMs, () => parts.now().getTime(), session.gate);
    const opened = parts.openRunModels({
      runId,
      record: ownersRecord(calls, lock, clock),
      concurrency,
      budget,
      alreadySpent: calls.spent,
      elapsedMs: clock,
      models: modelIds,
      onWait: wait => waits.push({ type: 'wait', ...wait }),
      onCacheDamage: entries => waits.push({ type: 'cache-damage', entries }),
      ...(session.gate ? { gate: session.gate } : {}),
    });
    const { models, keep } = paceMeter(opened, parts);
    for await (const told of withWaits(settledAfter(begin(models), models, keep), waits)) {
      const event = ownersEvent(told, calls, clock);
      await lock.assertHeld();
      // Before the end is recorded: a run that has ended has its report, whatever happens between.
      await report(event);
      if ('splits' in prepared) await keepClaim(event, { runId, promptName }, prepared, parts);
      await log.append(event);
      actions?.record(event);
      if (event.type === 'evaluation-end')
        await keepMeasurement(event.evaluation, session, prepared);
      yield event;
    }
  } finally {
    try {
      await log.close();
    } finally {
      try {
        await calls.close();
      } finally {
        await actions?.close();
      }
    }
  }
}

function headerOf(
  { runId, request, version, parts }: Session,
  { settings, dataset, taskModel, judges, facts }: PreparedRun,
  rows: Readonly<Partial<Record<Split | 'all', number>>>,
): Omit<RunHeader, 'kind'> {
  const id = candidateId(request.prompt, parts);
  return {
    runId,
    promptName: request.promptName,
    version,
    original: { id, prompt: request.prompt, parents: [], operator: 'original' },
    ...(request.locked?.length ? { locked: request.locked } : {}),
    settings,
    ...(facts.repeats.final > 1 ? { repeats: facts.repeats } : {}),
    datasetName: dataset.name,
    datasetFingerprint: dataset.fingerprint,
    rows,
    unusableRows: dataset.unusableRows ?? dataset.problems.length,
    ...(dataset.warnings ? { warnings: dataset.warnings } : {}),
    metrics: measuredMetrics(request, parts.metricNamed),
    ...(request.guards?.length ? { guards: guardsIn(request.guards, parts.metricNamed) } : {}),
    ...(judges.length > 0 ? { judges } : {}),
    taskModel,
  };
}

function rolloutSockets(
  { parts, request }: Session,
  { settings, taskModel }: PreparedRun,
  models: RunModels,
) {
  const task = models.modelNamed(taskModel);
  const metricNamed = parts.metricsWith(id => models.modelNamed(id));
  // A judge that the budget does not allow is refused before the first answer is paid.
  for (const name of measuredMetrics(request, parts.metricNamed)) metricNamed(name);
  return {
    executor: parts.executor({
      concurrency: settings.concurrency,
      perform: (job, signal) => runRollout(job, task, metricNamed, signal),
    }),
    metricNamed,
  };
}
