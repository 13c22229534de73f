import { CancelledError, RequestError } from './core/errors.ts';
import type { Dataset, DatasetProblem, Example } from './core/example.ts';
import type {
  Judge,
  JudgeCheckRequest,
  JudgeCheckResult,
  JudgeDisagreement,
} from './core/judge.ts';
import type { Metric } from './core/metric.ts';
import type { Rollout, RolloutJob } from './core/rollout.ts';
import { addUsage, noSpending } from './core/usage.ts';
import { loadDataset } from './datasets/load.ts';
import { humanVerdict } from './datasets/cellForms.ts';
import { judgeCost } from './judgeCost.ts';
import { scoreAnswer } from './optimize/runRollout.ts';
import { modelsOutsideRuns } from './modelsOutsideRuns.ts';
import type { EngineParts } from './parts.ts';
import { checkedSettings } from './settings.ts';
import { saveJudgeCheck } from './store/judgeChecks.ts';

/**
 * Lets the judge of a metric score answers that people have called good or bad, says how far the two
 * agree, and keeps it for the runs to come. Throws `RequestError` for a metric without a judge,
 * `DatasetError`, and what stops every further call.
 */
export async function checkJudge(
  request: JudgeCheckRequest,
  parts: EngineParts,
  signal?: AbortSignal,
): Promise<JudgeCheckResult> {
  const { metric: name, answer, human } = request;
  const settings = checkedSettings(request.settings);
  const metric = parts.metricNamed(name);
  const judge = judgeOf(metric);
  const dataset = await readAnswers(request, metric, parts, signal);
  const rows = dataset.examples.filter(row => humanVerdict(cell(row, human)) !== undefined);
  if (rows.length === 0) {
    throw new RequestError(
      `No row of ${dataset.name} has a verdict in "${human}"; write yes or no, good or bad, pass or fail, true or false, 1 or 0.`,
      'open-dataset',
    );
  }
  const longest = Math.max(0, ...rows.map(row => parts.estimateTokens(cell(row, answer))));
  const { priceOf } = parts.catalog;
  const cost = judgeCost(
    { judges: [judge], priceOf, estimateTokens: parts.estimateTokens },
    rows.slice(0, 200),
    { longest },
  );
  const times = ({ low, high }: { low: number; high: number }) => ({
    low: low * rows.length,
    high: high * rows.length,
  });
  await request.allow?.({
    model: judge.model,
    rows: rows.length,
    calls: cost.calls * rows.length,
    tokens: times(cost.tokens),
    ...(cost.usd ? { usd: times(cost.usd) } : {}),
  });

  const models = modelsOutsideRuns(parts, settings, judge.model);
  const metricNamed = parts.metricsWith(id => models.modelNamed(id));
  metricNamed(name);
  const executor = parts.executor({
    concurrency: settings.concurrency,
    perform: (job, stop) =>
      scoreAnswer(job, recorded(cell(job.example, answer)), metricNamed, stop),
  });
  const judged = new Map<string, Rollout>();
  for await (const rollout of executor.run(
    rows.map(row => jobFor(row, name)),
    signal,
  )) {
    judged.set(rollout.exampleId, rollout);
    request.onRow?.(judged.size, rows.length);
  }
  await models.settled();
  if (signal?.aborted) throw new CancelledError();
  const found = compared(rows, judged, request);
  const agreement = judge.agreement(found.scored);
  await saveJudgeCheck(parts.files, judge, {
    agreement,
    dataset: dataset.name,
    checkedAt: parts.now().toISOString(),
  });
  const warning = judge.warning(agreement);
  return {
    metric: name,
    model: judge.model,
    agreement,
    ...(warning === undefined ? {} : { warning }),
    problems: [...dataset.problems, ...unlabelled(dataset, human), ...found.problems].sort(
      (left, right) => left.line - right.line,
    ),
    disagreements: found.disagreements,
    spending: [...judged.values()]
      .flatMap(({ scores, judgeUsage }) => judgeUsage ?? scores[name]?.usage ?? [])
      .reduce(addUsage, noSpending),
  };
}

function judgeOf({ name, judges = [] }: Metric): Judge {
  const [judge, ...more] = judges;
  if (judge && more.length === 0) return judge;
  throw new RequestError(
    judge
      ? `The metric ${name} asks several judges; check one at a time.`
      : `The metric ${name} asks no judge. Name one such as judge:rubric=…`,
  );
}

function readAnswers(
  { dataset, encoding, mapping, answer, human, settings }: JudgeCheckRequest,
  metric: Metric,
  parts: EngineParts,
  signal: AbortSignal | undefined,
): Promise<Dataset> {
  return loadDataset(
    parts.datasetPath(dataset),
    {
      ...(mapping ? { mapping } : {}),
      ...(encoding === undefined ? {} : { encoding }),
      inputNames: [],
      needsExpected: metric.needs === 'expected',
      columns: [answer, human],
      // What is to be judged, and what people said of it, is shown to no judge as a given.
      notSuggested: [answer, human],
      seed: checkedSettings(settings).seed,
    },
    signal,
  );
}

/** What judge and person said of the same answers. */
function compared(
  rows: readonly Example[],
  judged: ReadonlyMap<string, Rollout>,
  { metric, answer, human }: JudgeCheckRequest,
) {
  const scored: { value: number; good: boolean }[] = [];
  const disagreements: JudgeDisagreement[] = [];
  const problems: DatasetProblem[] = [];
  for (const row of rows) {
    const rollout = judged.get(row.id);
    const score = rollout?.scores[metric];
    const good = humanVerdict(cell(row, human));
    if (!score || good === undefined) {
      problems.push({ line: row.line, message: rollout?.failure ?? 'it was not judged.' });
      continue;
    }
    const { value, feedback: reason = '' } = score;
    scored.push({ value, good });
    if (value >= 0.5 !== good) {
      disagreements.push({ line: row.line, answer: cell(row, answer), value, good, reason });
    }
  }
  return { scored, disagreements, problems };
}

/** Cells that are no verdict; an empty one says that nobody judged the row, which is no problem. */
function unlabelled({ examples }: Dataset, human: string): DatasetProblem[] {
  return examples.flatMap(row => {
    const said = cell(row, human);
    if (said.trim() === '' || humanVerdict(said) !== undefined) return [];
    const message = `"${human}" is "${said.slice(0, 40)}"; write yes or no, good or bad, pass or fail, true or false, 1 or 0.`;
    return [{ line: row.line, message }];
  });
}

function cell({ columns }: Example, name: string): string {
  return columns?.[name] ?? '';
}

function jobFor(example: Example, metric: string): RolloutJob {
  const prompt = { system: '', output: '' };
  return {
    id: example.id,
    candidate: { id: 'recorded', prompt, parents: [], operator: 'original' },
    example,
    split: 'all',
    taskModel: '',
    metrics: [metric],
  };
}

/** An answer that nothing was paid for now. */
function recorded(text: string) {
  return {
    text,
    usage: { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, estimated: false },
  };
}
