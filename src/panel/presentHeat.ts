import type { Rollout, RunState } from '../engine/index.ts';
import { formatScore } from './format.ts';
import { heatInSight } from './heatView.ts';
import type { HeatCell, HeatColumn, HeatRow, HeatSplit, HeatView, HeatWish } from './heatView.ts';
import { rowName } from './presentRows.ts';
import { trialsByCandidate } from './presentTrials.ts';

/** Every row by every prompt of the run; absent where fewer than two prompts were tried. */
export function presentHeat(state: RunState, wish: HeatWish): HeatView | undefined {
  const maps = mapsOf(state);
  const split = wish.split ?? order.find(each => maps[each].prompts.length > 1);
  if (!split || order.every(each => maps[each].prompts.length < 2)) return undefined;
  const { prompts, rows } = maps[split];
  const column = within(wish.column, prompts.length);
  const from = within(wish.from, rows.length);
  const shown = prompts.slice(column, column + heatInSight.columns);
  return {
    split,
    counts: {
      train: maps.train.rows.length,
      validation: maps.validation.rows.length,
      test: maps.test.rows.length,
    },
    columnCount: prompts.length,
    column,
    columns: columnsOf(state, shown),
    from,
    items: rows.slice(from, from + heatInSight.rows).map(row => presentRow(row, shown, state)),
    unit: `${state.header?.metrics[0] ?? 'score'} of one row`,
  };
}

/** What the search chose by says most of it. */
const order: readonly HeatSplit[] = ['validation', 'train', 'test'];

interface MappedRow {
  /** The last answer of each prompt to this row. */
  readonly answers: ReadonlyMap<string, Rollout>;
  readonly name: string;
  readonly exampleId: string;
}

interface HeatMap {
  /** Candidate ids: the original, the trials in their order, then edits that were tried alone. */
  readonly prompts: readonly string[];
  readonly rows: readonly MappedRow[];
}

type HeatMaps = Readonly<Record<HeatSplit, HeatMap>>;

/** A person scrolls through the same run many times, and it is put in order once. */
const known = new WeakMap<RunState['evaluations'], HeatMaps>();

function mapsOf(state: RunState): HeatMaps {
  const { evaluations } = state;
  const before = known.get(evaluations);
  if (before) return before;
  const maps = {
    train: mapOf(state, 'train'),
    validation: mapOf(state, 'validation'),
    test: mapOf(state, 'test'),
  };
  known.set(evaluations, maps);
  return maps;
}

function mapOf(state: RunState, split: HeatSplit): HeatMap {
  const { evaluations, header } = state;
  const prompts = new Set<string>();
  const rows = new Map<string, Map<string, Rollout>>();
  for (const evaluation of evaluations.filter(each => each.split === split)) {
    prompts.add(evaluation.candidateId);
    for (const rollout of evaluation.rollouts) {
      // A row that was cancelled in the queue was not tried.
      if (rollout.outcome === 'not-run') continue;
      const answers = rows.get(rollout.exampleId) ?? new Map<string, Rollout>();
      answers.set(evaluation.candidateId, rollout);
      rows.set(rollout.exampleId, answers);
    }
  }
  const numberOf = trialsByCandidate(state);
  const trialOf = (id: string): number =>
    id === header?.original.id ? -1 : (numberOf.get(id) ?? Number.MAX_SAFE_INTEGER);
  const metric = header?.metrics[0] ?? '';
  const hardFirst = [...rows]
    .map(([exampleId, answers]) => ({ exampleId, answers, mean: meanOf(answers, metric) }))
    .sort((left, right) => rank(left) - rank(right));
  return {
    prompts: [...prompts].sort((left, right) => trialOf(left) - trialOf(right)),
    rows: hardFirst.map(({ exampleId, answers }) => {
      const [first] = answers.values();
      return { exampleId, answers, name: rowName({ exampleId, line: first?.line }) };
    }),
  };
}

/** What only one prompt was tried on tells no prompts apart, and comes after the others. */
function rank({ answers, mean }: { answers: ReadonlyMap<string, Rollout>; mean: number }): number {
  return answers.size > 1 ? mean : mean + 10;
}

/** 0..1; a row that nobody has a score of comes last. */
function meanOf(answers: ReadonlyMap<string, Rollout>, metric: string): number {
  const scores = [...answers.values()].flatMap(answer => scoreOf(answer, metric) ?? []);
  if (scores.length === 0) return 2;
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function columnsOf(state: RunState, prompts: readonly string[]): readonly HeatColumn[] {
  const numberOf = trialsByCandidate(state);
  const bestId = state.claim?.bestId ?? (state.ended?.bestId || state.incumbentId);
  return prompts.map((candidateId): HeatColumn => {
    const best = candidateId === bestId;
    if (candidateId === state.header?.original.id) {
      return { candidateId, head: '0', trial: 0, name: 'Original', best };
    }
    const number = numberOf.get(candidateId);
    if (number === undefined) {
      const { parents: [parent = ''] = [] } = state.candidates[candidateId] ?? {};
      const from = numberOf.get(parent);
      const base = from === undefined ? 'the original' : `the prompt of trial ${from}`;
      return { candidateId, head: '·', name: `One edit of ${base}, tried alone`, best };
    }
    const trial = state.trials.find(each => each.number === number);
    const decision = trial?.status === 'decided' ? (trial.accepted ? ': kept' : ': refused') : '';
    const name = `Trial ${number}, ${trial?.operator ?? ''}${decision}`;
    return { candidateId, head: String(number), trial: number, name, best };
  });
}

function presentRow(
  { exampleId, name, answers }: MappedRow,
  prompts: readonly string[],
  { header }: RunState,
): HeatRow {
  const metric = header?.metrics[0] ?? '';
  const cells = prompts.map(prompt => {
    const answer = answers.get(prompt);
    return answer && presentCell(answer, metric);
  });
  return { exampleId, name, cells };
}

function presentCell(answer: Rollout, metric: string): HeatCell {
  const score = scoreOf(answer, metric);
  if (score === undefined) return { mark: '!', spoken: `no score, ${answer.outcome}` };
  const level = Math.round(Math.max(0, Math.min(1, score)) * 4);
  const mark = score >= 1 ? '✓' : score <= 0 ? '✕' : `.${Math.floor(score * 10)}`;
  return { mark, level, spoken: `score ${Number.isInteger(score) ? score : formatScore(score)}` };
}

function scoreOf({ outcome, scores }: Rollout, metric: string): number | undefined {
  if (outcome !== 'ok' || !Object.hasOwn(scores, metric)) return undefined;
  return scores[metric]?.value;
}

function within(place: number, count: number): number {
  return Math.max(0, Math.min(place, count - 1));
}
