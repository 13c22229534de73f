import { sampled, shuffled } from '../../core/random.ts';
import { describePair } from '../acceptance.ts';
import { pickEvidence } from '../evidence.ts';
import { pairRows } from '../paired.ts';
import { raceNumbers } from '../patchRace/parameters.ts';
import { decided, nothingToCompare, validationRows } from '../race.ts';
import { rolloutsOf, runningTrial, scoreOf, type SearchView } from '../search.ts';
import type { Action, Strategy } from '../strategy.ts';
import { completeForTarget, measureOriginal } from './reflect.ts';

/** Prompts that are worked on side by side. */
const beamWidth = 4;
/** Weight of what is not known yet, against the mean (UCB1; Auer et al. 2002). */
const curiosity = 0.5;

/**
 * Critique beam after ProTeGi (Pryzant et al. 2023, arXiv 2305.03495): the prompts of a beam take
 * turns as parents of a rewrite; a child gets validation rows in blocks as long as its upper
 * confidence bound reaches the last of the beam, and joins the beam when it has been run on all of
 * them. Best is the highest mean.
 */
export const beamUcb: Strategy = {
  id: 'beam-ucb',
  summary: 'Works on four prompts side by side: for a cheap task model beside a dear optimizer.',
  decide(view) {
    const trial = runningTrial(view.state);
    if (trial) return judge(view);
    return measureOriginal(view) ?? completeForTarget(view) ?? proposeNext(view);
  },
};

function proposeNext(view: SearchView): Action[] {
  const { state, settings, train, random } = view;
  const number = state.trials.length + 1;
  const beam = beamOf(view);
  const parentId = beam[(number - 1) % beam.length]?.id ?? state.incumbentId;
  const known = rolloutsOf(state, parentId, 'train');
  if (known.size === 0) {
    const rows = sampled(train, settings.sampleK, random('minibatch', number));
    const exampleIds = rows.map(row => row.id);
    return [
      { type: 'evaluate', candidateId: parentId, split: 'train', purpose: 'minibatch', exampleIds },
    ];
  }
  const shown = pickEvidence({ ...view, state: { ...state, incumbentId: parentId } });
  if (shown.length > 0) return [{ type: 'propose', number, parentId, operator: 'reflect', shown }];
  const untouched = shuffled(
    train.filter(row => !known.has(row.id)),
    random('more', number, known.size),
  );
  const exampleIds = untouched.slice(0, settings.sampleK).map(row => row.id);
  return exampleIds.length === 0
    ? []
    : [
        {
          type: 'evaluate',
          candidateId: parentId,
          split: 'train',
          purpose: 'minibatch',
          exampleIds,
        },
      ];
}

function judge(view: SearchView): Action[] {
  const { state, validation, primary, random } = view;
  const trial = runningTrial(state);
  if (!trial) return [];
  const { number, candidateId } = trial;
  if (candidateId === undefined) {
    return [{ type: 'skip', number, why: 'The optimizer model proposed nothing.' }];
  }
  const order = shuffled(validation, random('beam')).map(row => row.id);
  const known = rolloutsOf(state, candidateId, 'validation');
  const complete = known.size >= order.length;
  if (!complete && (known.size === 0 || upperBound(candidateId, view) >= lowestOfBeam(view))) {
    const { block } = raceNumbers(validation.length);
    return [validationRows(candidateId, order.slice(0, known.size + block))];
  }
  const best = rolloutsOf(state, state.incumbentId, 'validation');
  const pair = pairRows(best, known, order, primary);
  if (!pair) return [nothingToCompare(number)];
  const counts = describePair(pair, 'validation');
  const keeps = complete && pair.gain > 0;
  const reason = keeps
    ? `Kept: ${counts}.`
    : complete
      ? `In the beam, not the best: ${counts}.`
      : `Not in the beam: ${counts}.`;
  return [decided(trial, candidateId, pair, { verdict: keeps ? 'keep' : 'refuse', reason }, view)];
}

interface Member {
  readonly id: string;
  readonly mean: number;
}

/** The best of the candidates that were run on all validation rows, the best first. */
function beamOf(view: SearchView): Member[] {
  const { state, validation } = view;
  return Object.keys(state.candidates)
    .filter(id => rolloutsOf(state, id, 'validation').size >= validation.length)
    .map(id => ({ id, mean: meanOf(id, view) }))
    .sort((a, b) => b.mean - a.mean)
    .slice(0, beamWidth);
}

function lowestOfBeam(view: SearchView): number {
  const beam = beamOf(view);
  return beam.length < beamWidth ? -Infinity : (beam.at(-1)?.mean ?? -Infinity);
}

function upperBound(id: string, view: SearchView): number {
  const { size } = rolloutsOf(view.state, id, 'validation');
  return meanOf(id, view) + curiosity * Math.sqrt(Math.log(view.validation.length) / size);
}

function meanOf(id: string, { state, primary }: SearchView): number {
  const scores = [...rolloutsOf(state, id, 'validation').values()].flatMap(
    rollout => scoreOf(rollout, primary) ?? [],
  );
  return scores.length === 0 ? 0 : primary.metric.aggregate(scores);
}
