import { compare } from './compare/compare.ts';
import type {
  ComparedCell,
  ComparedRow,
  ComparedRows,
  VersionCost,
  VersionsComparison,
} from './core/comparison.ts';
import { RequestError } from './core/errors.ts';
import type { Rollout } from './core/rollout.ts';
import type { RunState } from './core/run.ts';
import type { Measurement, PromptVersion, VersionRef } from './core/version.ts';
import { stateOf } from './keep.ts';
import type { EngineParts } from './parts.ts';
import { candidateId } from './keepMeasurement.ts';
import type { Stores } from './session.ts';

/** A version with what was measured of it, and with its answers where their log is here. */
interface Compared {
  readonly version: PromptVersion;
  readonly measurements: readonly Measurement[];
}

/** Two or more versions of prompts beside each other. Throws `RequestError` for fewer. */
export async function compareVersions(
  refs: readonly VersionRef[],
  parts: EngineParts,
  { history, logs }: Stores,
): Promise<VersionsComparison> {
  const compared = await Promise.all(
    refs.map(async (ref): Promise<Compared> => ({
      version: await history.read(ref),
      measurements: await history.measurements(ref),
    })),
  );
  const [first, ...others] = compared;
  const names = new Set(refs.map(({ promptName, number }) => `${promptName}@${number}`));
  if (!first || others.length === 0 || names.size < refs.length) {
    throw new RequestError('Choose two or more different versions to compare.');
  }
  const states = await recordedRuns(compared, logs);
  const chosen = commonMeasurements(compared);
  const answers = compared.map(({ version }, index) => {
    const measurement = chosen[index];
    return measurement && answersOf(measurement, candidateId(version.prompt, parts), states);
  });
  const rows = comparedRows(chosen, answers, compared, parts);
  return {
    versions: compared.map(({ version }) => version),
    pairs: others.map(other => compare(first, other, parts.metricNamed)),
    costs: compared.map(({ version }, index) => costOf(version, answers[index], parts)),
    ...(rows ? { rows } : {}),
  };
}

type Answers = ReadonlyMap<string, Rollout>;

async function recordedRuns(
  compared: readonly Compared[],
  logs: Stores['logs'],
): Promise<ReadonlyMap<string, RunState>> {
  const measured = compared.flatMap(({ measurements }) => measurements.map(each => each.runId));
  const here = new Set((await logs.list()).map(({ runId }) => runId));
  const states = new Map<string, RunState>();
  // Versions are committed and logs are not: those of a colleague are not here.
  for (const runId of new Set(measured)) {
    if (here.has(runId)) states.set(runId, await stateOf(runId, logs));
  }
  return states;
}

/** By version its newest measurement on the rows that most of the versions were measured on. */
function commonMeasurements(compared: readonly Compared[]): readonly (Measurement | undefined)[] {
  const counts = new Map<string, number>();
  for (const { measurements } of compared) {
    for (const key of new Set(measurements.map(rowsKey)))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, left], [, right]) => right - left);
  return compared.map(({ measurements }) =>
    measurements.findLast(measurement => rowsKey(measurement) === most?.[0]),
  );
}

function rowsKey({ datasetFingerprint, split, taskModel }: Measurement): string {
  return JSON.stringify([datasetFingerprint, split, taskModel]);
}

function answersOf(
  { runId, split }: Measurement,
  id: string,
  states: ReadonlyMap<string, RunState>,
): Answers | undefined {
  const evaluation = states
    .get(runId)
    ?.evaluations.findLast(each => each.candidateId === id && each.split === split);
  return evaluation && new Map(evaluation.rollouts.map(each => [each.exampleId, each]));
}

function comparedRows(
  chosen: readonly (Measurement | undefined)[],
  answers: readonly (Answers | undefined)[],
  compared: readonly Compared[],
  parts: EngineParts,
): ComparedRows | undefined {
  const facts = chosen.find(measurement => measurement !== undefined);
  if (!facts) return undefined;
  const [metric = ''] = Object.keys(facts.scorecard);
  const ids = new Set(
    chosen.flatMap((measurement, index) => [
      ...(answers[index]?.keys() ?? []),
      ...Object.keys(measurement?.rows ?? {}),
    ]),
  );
  const { datasetName, split, taskModel } = facts;
  return {
    metric,
    datasetName,
    split,
    taskModel,
    records: compared.map(({ version }, index) => {
      const runId = chosen[index]?.runId;
      if (runId === undefined || !answers[index]) return undefined;
      return { runId, candidateId: candidateId(version.prompt, parts) };
    }),
    rows: [...ids].map((exampleId): ComparedRow => {
      const line = answers.map(each => each?.get(exampleId)?.line).find(each => each !== undefined);
      return {
        exampleId,
        ...(line === undefined ? {} : { line }),
        cells: chosen.map((measurement, index) =>
          cellOf(exampleId, metric, measurement, answers[index]?.get(exampleId)),
        ),
      };
    }),
  };
}

function cellOf(
  exampleId: string,
  metric: string,
  measurement: Measurement | undefined,
  rollout: Rollout | undefined,
): ComparedCell | undefined {
  const value = measurement?.rows[exampleId]?.[metric]?.value;
  if (!rollout) return value === undefined ? undefined : { outcome: 'ok', value };
  const { outcome, output, failure } = rollout;
  return {
    outcome,
    ...(value === undefined ? {} : { value }),
    output,
    ...(failure === undefined ? {} : { failure }),
  };
}

function costOf(
  { prompt }: PromptVersion,
  answers: Answers | undefined,
  { estimateTokens }: EngineParts,
): VersionCost {
  const promptTokens = estimateTokens(prompt.system) + estimateTokens(prompt.output);
  if (!answers) return { promptTokens };
  const usages = [...answers.values()].map(({ usage }) => usage);
  const sum = (amount: (usage: Rollout['usage']) => number): number =>
    usages.reduce((total, usage) => total + amount(usage), 0);
  const isPriced = usages.every(({ usd }) => usd !== undefined);
  return {
    promptTokens,
    measured: {
      rows: usages.length,
      inputTokens: sum(usage => usage.inputTokens),
      outputTokens: sum(usage => usage.outputTokens),
      ...(isPriced ? { usd: sum(usage => usage.usd ?? 0) } : {}),
    },
  };
}
