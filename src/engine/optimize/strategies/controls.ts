import { decided, nothingToCompare, validationRows } from '../race.ts';
import { pairRows } from '../paired.ts';
import { describePair } from '../acceptance.ts';
import { pickEvidence } from '../evidence.ts';
import { rolloutsOf, runningTrial, type SearchView } from '../search.ts';
import type { Action, Strategy } from '../strategy.ts';
import { measureOriginal } from './reflect.ts';

/** Control: looks at the original and proposes nothing, so that a claim of a gain is a false one. */
export const noop: Strategy = {
  id: 'noop',
  summary: 'Control: measures the prompt and changes nothing.',
  decide: view => measureOriginal(view) ?? [],
};

/**
 * Control: one rewrite by the optimizer model, kept if it scores higher on the validation rows. What
 * a person does who asks a chat model once.
 */
export const oneShot: Strategy = {
  id: 'one-shot',
  summary: 'Control: a single rewrite, kept if it scores higher.',
  decide(view) {
    const trial = runningTrial(view.state);
    if (trial) return judgeOnce(trial.number, view);
    const begin = measureOriginal(view);
    if (begin) return begin;
    const shown = pickEvidence(view);
    if (view.state.trials.length > 0 || shown.length === 0) return [];
    return [
      { type: 'propose', number: 1, parentId: view.state.incumbentId, operator: 'reflect', shown },
    ];
  },
};

function judgeOnce(number: number, view: SearchView): Action[] {
  const { state, validation, primary } = view;
  const trial = runningTrial(state);
  if (!trial?.candidateId) {
    return [{ type: 'skip', number, why: 'The optimizer model proposed nothing.' }];
  }
  const rows = validation.map(example => example.id);
  const after = rolloutsOf(state, trial.candidateId, 'validation');
  if (after.size < rows.length) return [validationRows(trial.candidateId, rows)];
  const pair = pairRows(rolloutsOf(state, trial.parentId, 'validation'), after, rows, primary);
  if (!pair) return [nothingToCompare(number)];
  const counts = describePair(pair, 'validation');
  const verdict = pair.gain > 0 ? 'keep' : 'refuse';
  const reason = `${verdict === 'keep' ? 'Kept' : 'Not kept'}: ${counts}.`;
  return [decided(trial, trial.candidateId, pair, { verdict, reason }, view)];
}
