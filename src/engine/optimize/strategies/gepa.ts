import { shuffled } from '../../core/random.ts';
import { describePair } from '../acceptance.ts';
import { pairRows } from '../paired.ts';
import { decided, nothingToCompare, validationRows } from '../race.ts';
import { rolloutsOf, runningTrial, scoreOf, type SearchView } from '../search.ts';
import type { Action, Strategy } from '../strategy.ts';
import { paretoParent, type Scored } from './paretoParent.ts';

/** Train rows of one proposal; the default of the original. */
const minibatchRows = 3;
/** Minibatches without a failure that are passed over before the search gives up. */
const mostSkips = 50;

/**
 * Control: the search of GEPA (Agrawal et al. 2025, arXiv 2507.19457). A parent is drawn from the
 * Pareto front over validation rows; three train rows of it are shown to the optimizer model; the
 * child joins the pool if it does strictly better on these rows, and is then run on all validation
 * rows; the best mean of the pool is returned. The wording of the request to the optimizer model is
 * this house's, and rows that a prompt was run on before are not paid again.
 */
export const gepa: Strategy = {
  id: 'gepa',
  summary: 'The published GEPA search, as a reference: many calls, whole rewrites.',
  decide(view) {
    const { state, validation } = view;
    const trial = runningTrial(state);
    if (trial) return judge(view);
    if (state.evaluations.length > 0) return proposeNext(view);
    const purpose = 'original' as const;
    return [
      {
        type: 'evaluate',
        candidateId: state.incumbentId,
        split: 'validation',
        purpose,
        exampleIds: validation.map(example => example.id),
      },
    ];
  },
};

function proposeNext(view: SearchView): Action[] {
  const { state, random, primary } = view;
  const number = state.trials.length + 1;
  for (let attempt = 0; attempt < mostSkips; attempt++) {
    const parentId = paretoParent(poolOf(view), random('parent', number, attempt));
    const shown = minibatch(number - 1 + attempt, view);
    const known = rolloutsOf(state, parentId, 'train');
    if (!shown.every(id => known.has(id))) return [minibatchOn(parentId, shown)];
    const perfect = shown.every(id => scoreOf(known.get(id), primary)?.value === 1);
    if (!perfect) return [{ type: 'propose', number, parentId, operator: 'reflect', shown }];
  }
  return [];
}

function judge(view: SearchView): Action[] {
  const { state, validation, primary } = view;
  const trial = runningTrial(state);
  if (!trial) return [];
  const { number, parentId, candidateId, shown = [] } = trial;
  if (candidateId === undefined) {
    return [{ type: 'skip', number, why: 'The optimizer model proposed nothing.' }];
  }
  const onTrain = rolloutsOf(state, candidateId, 'train');
  if (!shown.every(id => onTrain.has(id))) return [minibatchOn(candidateId, shown)];
  const gate = pairRows(rolloutsOf(state, parentId, 'train'), onTrain, shown, primary);
  if (!gate) return [nothingToCompare(number)];
  if (gate.gain <= 0) {
    const reason = `Not kept: ${describePair(gate, 'train')}.`;
    return [decided(trial, candidateId, gate, { verdict: 'refuse', reason }, view)];
  }
  const rows = validation.map(example => example.id);
  const after = rolloutsOf(state, candidateId, 'validation');
  if (after.size < rows.length) return [validationRows(candidateId, rows)];
  const best = rolloutsOf(state, state.incumbentId, 'validation');
  const pair = pairRows(best, after, rows, primary);
  if (!pair) return [nothingToCompare(number)];
  const keeps = pair.gain > 0;
  const counts = describePair(pair, 'validation');
  const reason = keeps ? `Kept: ${counts}.` : `In the pool, not the best: ${counts}.`;
  return [decided(trial, candidateId, pair, { verdict: keeps ? 'keep' : 'refuse', reason }, view)];
}

/** Candidates that were run on all validation rows, with their values row by row. */
function poolOf({ state, validation, primary }: SearchView): Scored[] {
  return Object.keys(state.candidates).flatMap(id => {
    const known = rolloutsOf(state, id, 'validation');
    if (known.size < validation.length) return [];
    return { id, values: validation.map(row => scoreOf(known.get(row.id), primary)?.value ?? 0) };
  });
}

/** Rows of one minibatch: every epoch goes through all train rows in a new order. */
function minibatch(index: number, { train, random }: SearchView): string[] {
  const perEpoch = Math.max(1, Math.ceil(train.length / minibatchRows));
  const order = shuffled(train, random('epoch', Math.floor(index / perEpoch)));
  const from = (index % perEpoch) * minibatchRows;
  return order.slice(from, from + minibatchRows).map(example => example.id);
}

function minibatchOn(candidateId: string, exampleIds: readonly string[]): Action {
  return { type: 'evaluate', candidateId, split: 'train', purpose: 'minibatch', exampleIds };
}
