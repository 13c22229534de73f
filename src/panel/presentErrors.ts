import type { Outcome, RunState } from '../engine/index.ts';
import { formatCount, plural } from './format.ts';

/** Outcomes that are no score, in the order in which they matter; none of them counts as wrong. */
const kinds: readonly { readonly outcome: Outcome; readonly happened: string }[] = [
  { outcome: 'failed', happened: 'failed' },
  { outcome: 'refused', happened: 'were declined by the model' },
  { outcome: 'cut', happened: 'were cut off at the length limit' },
  { outcome: 'unscored', happened: 'could not be scored' },
];

/** "2 of 640 answers failed: …", one line a kind with its most frequent reason. */
export function presentErrors(state: RunState): readonly string[] {
  const { outcomes } = state;
  const all = Object.values(outcomes).reduce((total, count) => total + count, 0);
  return kinds
    .filter(({ outcome }) => outcomes[outcome] > 0)
    .map(({ outcome, happened }) => {
      const count = outcomes[outcome];
      const verb = count === 1 ? happened.replace(/^were/, 'was') : happened;
      const reason = commonReason(state, outcome);
      return `${formatCount(count)} of ${plural(all, 'answer')} ${verb}${reason ? `: ${reason}` : '.'}`;
    });
}

function commonReason(state: RunState, outcome: Outcome): string {
  const counts = new Map<string, number>();
  const ended = state.evaluations.flatMap(evaluation => evaluation.rollouts);
  const rollouts = [...ended, ...(state.running?.failures ?? [])];
  for (const rollout of rollouts) {
    if (rollout.outcome !== outcome || !rollout.failure) continue;
    counts.set(rollout.failure, (counts.get(rollout.failure) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, left], [, right]) => right - left);
  // Where the run ended for this reason, its sentence stands at the top already.
  return most && most[0] !== state.ended?.sentence ? most[0] : '';
}
