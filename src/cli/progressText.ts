import type { Evaluation, RunEvent, RunHeader, RunState } from '../engine/index.ts';
import {
  formatCost,
  formatDuration,
  formatMeasured,
  formatScore,
  formatTokens,
  plural,
} from '../panel/format.ts';
import { totalTokens } from '../engine/index.ts';
import { cleanLine } from './cleanText.ts';
import { bestSoFar, primaryMetric, spentByAll } from '../report/runFacts.ts';

/** The line that is drawn again and again on a terminal: what runs, how far, how good, how much. */
export function liveText(state: RunState, waiting: string | undefined): string {
  const { fold } = state;
  const search = fold?.search ?? state;
  const { running } = search;
  const trial = search.trials.at(-1);
  const best = bestSoFar(search);
  const spent = spentByAll(state);
  const parts = [
    fold ? foldText(fold.number, state) : '',
    trial && !state.ended ? `trial ${trial.number}` : '',
    running ? `${subject(running, search)} ${running.done}/${running.rows}` : '',
    best ? `best ${formatScore(best.value)}` : '',
    plural(spent.calls, 'call'),
    `${formatTokens(totalTokens(spent))} tokens`,
    formatCost(spent),
    waiting ?? '',
  ];
  return cleanLine(parts.filter(part => part !== '').join(' · '));
}

/** How long is waited and why: "waiting 4 s: rate limit". */
export function waitText(event: Extract<RunEvent, { type: 'wait' }>): string {
  return cleanLine(`waiting ${formatDuration(event.ms)}: ${event.why}`);
}

/** The plain line that an event is worth in a pipe; undefined where it is worth none. */
export function eventText(event: RunEvent, state: RunState): string | undefined {
  const text = worth(event, state);
  return text === undefined ? undefined : cleanLine(text);
}

function worth(event: RunEvent, state: RunState): string | undefined {
  switch (event.type) {
    case 'run-start':
      return [
        `run ${event.header.runId}: ${event.header.kind} ${event.header.promptName} v${event.header.version} on ${event.header.datasetName}`,
        ...learnedText(event.header.learnedFrom),
      ].join('; ');
    case 'trial-start':
      return event.choice && `trial ${event.number}: ${event.choice.sentence}`;
    case 'proposal-end':
      return event.foresight?.favoured && `trial ${event.number}: ${event.foresight.favoured}`;
    case 'evaluation-end':
      return ranNothing(event.evaluation)
        ? undefined
        : evaluationText(event.evaluation, state.fold?.search ?? state);
    case 'fold-start':
      return `${foldText(event.number, state)}: a search of its own, without ${plural(event.heldOut.length, 'row')}`;
    case 'fold-end':
      return `${foldText(state.folds.length, state)}: ${event.sentence}`;
    case 'trial-end': {
      const { trial } = event;
      const moved = `${formatScore(trial.before.value)} → ${formatScore(trial.after.value)}`;
      return `trial ${trial.number} ${trial.operator} ${moved} ${trial.reason}`;
    }
    case 'trial-skip':
      return `trial ${event.number} skipped: ${event.why}`;
    case 'wait':
      return waitText(event);
    case 'run-end':
      return event.sentence;
    default:
      return undefined;
  }
}

function foldText(number: number, { header }: RunState): string {
  return `fold ${number} of ${header?.folds ?? number}`;
}

function ranNothing({ outcomes, rollouts }: Evaluation): boolean {
  return outcomes['not-run'] === rollouts.length;
}

function evaluationText(evaluation: Evaluation, state: RunState): string {
  const { split, outcomes, scorecard, rollouts } = evaluation;
  const metric = primaryMetric(state);
  const score = metric === undefined ? undefined : scorecard[metric];
  const ran = rollouts.length - outcomes['not-run'];
  const lost = ran - outcomes.ok;
  const spent = spentByAll(state);
  return [
    `${subject(evaluation, state)}: ${plural(ran, split === 'all' ? 'row' : `${split} row`)},`,
    score ? `${metric} ${formatMeasured(score)},` : 'no score,',
    lost > 0 ? `${lost} without a score,` : '',
    `${plural(spent.calls, 'call')}, ${formatTokens(totalTokens(spent))} tokens, ${formatCost(spent)}`,
  ]
    .filter(part => part !== '')
    .join(' ');
}

/** Which prompt runs, in the words of a person who watches. */
function subject(
  { candidateId, purpose }: Pick<Evaluation, 'candidateId' | 'purpose'>,
  { header, incumbentId }: RunState,
): string {
  const which =
    candidateId === header?.original.id
      ? 'original prompt'
      : candidateId === incumbentId
        ? 'best prompt'
        : 'new prompt';
  if (purpose === 'evaluate') return 'prompt';
  return purpose === 'claim' ? `final judgement, ${which}` : which;
}

/** What a meta-model begins with, and what of the earlier logs it could not use. */
function learnedText(earlier: RunHeader['learnedFrom']): string[] {
  if (!earlier) return [];
  const { runs, edits, notes } = earlier;
  return [
    `meta-model: learned from ${plural(edits, 'edit')} of ${plural(runs, 'earlier run')}`,
    ...notes,
  ];
}
