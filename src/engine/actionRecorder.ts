import { emptyRun, reduce } from './core/reduce.ts';
import type { RunEvent, RunState, TrialState } from './core/run.ts';
import { featureNames } from './optimize/foresight/features.ts';
import { rewardOf } from './optimize/reward.ts';
import type { EngineParts } from './parts.ts';
import { actionLine, type ActionRecord } from './store/actionLog.ts';
import { actionLogPath } from './store/layout.ts';

/** Follows a run and writes its action log. */
export interface ActionRecorder {
  record(event: RunEvent): void;
  close(): Promise<void>;
}

/**
 * Writes a line of `actions.jsonl` for every trial that ends. A session that goes on with a run
 * does it again from its first event, and so writes the file from its first line.
 */
export async function actionRecorder(
  { runId, promptName }: { readonly runId: string; readonly promptName: string },
  { files }: Pick<EngineParts, 'files'>,
): Promise<ActionRecorder> {
  const path = actionLogPath(promptName, runId);
  let state = emptyRun;
  await files.write(path, '');
  const log = await files.openLog(path);
  return {
    record(event) {
      state = reduce(state, event);
      if (event.type !== 'trial-end' && event.type !== 'trial-skip') return;
      const { fold } = state;
      const search = fold?.search ?? state;
      const trial = search.trials.at(-1);
      if (trial) log.write(actionLine(recordOf(trial, search, runId, fold?.number)));
    },
    close: () => log.close(),
  };
}

function recordOf(
  trial: TrialState,
  { header, trials }: RunState,
  run: string,
  fold: number | undefined,
): ActionRecord {
  const { number, operator, context = 'plain', choice, cost, scored = [] } = trial;
  const decided = trial.status === 'decided' ? trial : undefined;
  return {
    run,
    trial: number,
    ...(fold === undefined ? {} : { fold }),
    strategy: header?.settings.strategy ?? 'reflect',
    context,
    arm: operator,
    ...(choice ? { draws: choice.draws } : {}),
    outcome: decided ? (decided.accepted ? 'kept' : 'refused') : 'skipped',
    ...(decided ? { gain: decided.after.value - decided.before.value } : {}),
    reward: rewardOf(trial, trials.slice(0, -1)),
    cost,
    ...(number === 1 && fold === undefined ? { features: featureNames } : {}),
    edits: scored,
  };
}
