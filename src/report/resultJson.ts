import { costPerPoint } from '../panel/costPerPoint.ts';
import type { RunResult } from './runResult.ts';

/** Number of the shapes below; it changes when a field goes or means something else. */
export const jsonSchema = 1;

/**
 * What `evaluate --json` and `optimize --json` print. Scores are 0..1 with `low` and `high` of
 * their 95 % interval and `count` rows; USD covers priced calls only, `unpriced` counts the others.
 */
export function runJson(result: RunResult): Record<string, unknown> {
  const { header, lines, claim, changes, breakdown } = result;
  const perPoint = costPerPoint(claim, result.spending.total);
  return {
    run: {
      id: header.runId,
      promptName: header.promptName,
      version: header.version,
      dataset: header.datasetName,
      datasetFingerprint: header.datasetFingerprint,
      rows: header.rows,
      unusableRows: header.unusableRows,
      warnings: header.warnings ?? [],
      taskModel: header.taskModel,
      ...(header.optimizerModel ? { optimizerModel: header.optimizerModel } : {}),
      ...(header.judges ? { judges: header.judges } : {}),
      ...(header.locked ? { locked: header.locked } : {}),
      ...(header.guards ? { guards: header.guards } : {}),
      ...(header.folds === undefined ? {} : { folds: header.folds }),
      settings: header.settings,
    },
    end: result.end,
    resumed: result.resumed,
    ...(result.earlier ? { earlier: result.earlier } : {}),
    metrics: lines.map(({ metric, before, after, difference }) =>
      header.kind === 'evaluate'
        ? { name: metric, ...after }
        : {
            name: metric,
            before: before ?? null,
            after: after ?? null,
            difference: difference ?? null,
          },
    ),
    ...(claim
      ? {
          verdict: {
            verdict: claim.verdict,
            sentence: claim.sentence,
            fixed: claim.fixed,
            broken: claim.broken,
            pValue: claim.pValue,
            ...(claim.rowsNeeded === undefined ? {} : { rowsNeeded: claim.rowsNeeded }),
            ...(claim.earlierClaims === undefined ? {} : { earlierClaims: claim.earlierClaims }),
            ...(claim.guards ? { guards: claim.guards } : {}),
            ...(claim.folds === undefined ? {} : { folds: claim.folds, caveat: claim.caveat }),
          },
        }
      : {}),
    ...(changes
      ? { winner: changes.prompt, diff: { system: changes.system, output: changes.output } }
      : {}),
    ...(header.kind === 'optimize' ? { trials: result.trials.map(withoutFeatures) } : {}),
    ...(result.folds.length > 0 ? { folds: result.folds } : {}),
    ...(header.learnedFrom ? { learnedFrom: header.learnedFrom } : {}),
    ...(result.metaModel ? { metaModel: result.metaModel } : {}),
    ...(result.flaky ? { flaky: result.flaky } : {}),
    outcomes: result.outcomes,
    failures: result.failures.map(({ line, exampleId, outcome, failure }) => ({
      line: line ?? null,
      exampleId,
      outcome,
      why: failure ?? '',
    })),
    ...(breakdown
      ? {
          ...(breakdown.confusion ? { confusion: breakdown.confusion } : {}),
          ...(breakdown.detectable === undefined ? {} : { detectable: breakdown.detectable }),
          slices: breakdown.slices.map(({ value = null, ...slice }) => ({ ...slice, value })),
          worst: breakdown.worst,
        }
      : {}),
    ...(header.kind === 'evaluate'
      ? {
          rows: result.scored.map(({ line, exampleId, output, scores, repeats, flaky }) => ({
            line: line ?? null,
            exampleId,
            output,
            scores: Object.fromEntries(
              Object.entries(scores).map(([metric, score]) => [metric, score.value]),
            ),
            ...(repeats ? { repeats, flaky: flaky ?? false } : {}),
          })),
        }
      : {}),
    spending: result.spending,
    ...(Object.keys(result.judgeSpending).length > 0
      ? { judgeSpending: result.judgeSpending }
      : {}),
    ...(perPoint ? { costPerPoint: perPoint } : {}),
    ...(result.target ? { target: result.target } : {}),
    versions: result.versions,
  };
}

/** A trial without the numbers that the meta-model reads: the run's action log has them. */
function withoutFeatures({ scored = [], foresight, ...trial }: RunResult['trials'][number]) {
  return {
    ...trial,
    ...(foresight
      ? { foresight: { ...foresight, edits: foresight.edits.map(withoutNumbers) } }
      : {}),
    ...(scored.length > 0 ? { scored: scored.map(withoutNumbers) } : {}),
  };
}

function withoutNumbers<Edit extends { readonly features: readonly number[] }>({
  features: _,
  ...edit
}: Edit): Omit<Edit, 'features'> {
  return edit;
}
