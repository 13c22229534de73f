import type { FailureKind, RunState, Tally } from '../engine/index.ts';
import { formatCount, formatDuration, plural } from './format.ts';
import type { ErrorView, RunView } from './messages.ts';

/** Kinds of trouble as people call them; one that is not named here goes by its own name. */
const names: Readonly<Partial<Record<FailureKind | 'other', string>>> = {
  'rate-limit': 'rate limit',
  overloaded: 'server overloaded',
  unreachable: 'server not reached',
  timeout: 'no answer in time',
  'broken-answer': 'broken answer',
  'context-length': 'row too long for the model',
  'key-missing': 'key missing',
  'key-wrong': 'key refused',
  forbidden: 'not allowed',
  'model-unknown': 'model unknown',
  quota: 'quota used up',
  'bad-request': 'request refused',
  'not-a-provider': 'server is no provider',
  failed: 'failed',
  refused: 'declined by the model',
  cut: 'cut off at the length limit',
  unscored: 'could not be scored',
  other: 'wait',
};

/** Waits first, then answers without a score: a line for each kind. */
export function presentErrors(state: RunState): readonly ErrorView[] {
  return [
    ...lines(state.waits, ({ ms }) => `waited ${formatDuration(ms)}, then asked again`, state),
    ...lines(state.failures, () => '', state),
  ];
}

/** How many answers have no score, in a sentence; absent where all have one. */
export function presentWithoutScore({ outcomes }: RunState): Pick<RunView, 'withoutScore'> {
  const { ok, refused, cut, failed, unscored } = outcomes;
  const without = refused + cut + failed + unscored;
  if (without === 0) return {};
  const verb = without === 1 ? 'has' : 'have';
  return {
    withoutScore: `${formatCount(without)} of ${plural(ok + without, 'answer')} ${verb} no score. None of them counts as a wrong answer.`,
  };
}

/** One kind of trouble in a line: "2 × rate limit, waited 4 s, then asked again: Slow down." */
export function errorWords({ kind, count, waited, why }: ErrorView): string {
  const words = [`${count} × ${kind}`, waited].filter(text => text !== '').join(', ');
  return why === '' ? `${words}.` : `${words}: ${why}`;
}

function lines(
  tallies: Readonly<Partial<Record<FailureKind | 'other', Tally>>>,
  waited: (tally: Tally) => string,
  { ended }: RunState,
): readonly ErrorView[] {
  return Object.entries(tallies).map(([kind, tally]) => ({
    kind: (names as Readonly<Record<string, string>>)[kind] ?? kind,
    count: formatCount(tally.count),
    waited: waited(tally),
    // Where the run ended for this reason, its sentence stands at the top already.
    why: tally.why === ended?.sentence ? '' : tally.why,
  }));
}
