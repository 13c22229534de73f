import type { FailureKind, Remedy, RunState } from '../engine/index.ts';
import type { RemedyButton } from './messages.ts';

const labels: Readonly<Record<Remedy, string>> = {
  'set-key': 'Enter API key',
  'choose-model': 'Choose model',
  'choose-columns': 'Choose columns',
  'open-dataset': 'Open dataset',
  'open-settings': 'Open settings',
  'open-folder': 'Open folder',
  'trust-workspace': 'Manage trust',
  retry: 'Try again',
  resume: 'Resume',
  'accept-changes': 'Resume',
  'use-demo': 'Try the demo',
};

/** `EngineError.code` → the way out that helps most, for runs that ended with one. */
const remedyOfCode: Readonly<Record<string, Remedy>> = {
  'provider/key-missing': 'set-key',
  'provider/key-wrong': 'set-key',
  'provider/forbidden': 'set-key',
  'provider/model-unknown': 'choose-model',
  'provider/context-length': 'choose-model',
  'provider/not-a-provider': 'open-settings',
  'provider/redirect': 'open-settings',
  'provider/unreachable': 'resume',
  'provider/quota': 'resume',
  'provider/rate-limit': 'resume',
  'provider/overloaded': 'resume',
  'provider/timeout': 'resume',
  dataset: 'open-dataset',
  budget: 'resume',
};

/** Kind of failure → the way out, for runs most of whose rows have no score. */
const remedyOfKind: Readonly<Partial<Record<FailureKind, Remedy>>> = {
  refused: 'choose-model',
  cut: 'open-settings',
  unscored: 'choose-columns',
  failed: 'resume',
  'broken-answer': 'choose-model',
  'bad-request': 'choose-model',
};

/** The button of a remedy. */
export function remedyButton(remedy: Remedy): RemedyButton {
  return { id: remedy, label: labels[remedy] };
}

/** The button that leads out of an error, known by `EngineError.code`; absent where none helps. */
export function remedyOfError(code: string | undefined): RemedyButton | undefined {
  const remedy = code === undefined ? undefined : remedyOfCode[code];
  return remedy && remedyButton(remedy);
}

/** The button that leads out of the failure that most rows have met. */
export function remedyOfFailures(failures: RunState['failures']): RemedyButton | undefined {
  const [worst] = Object.entries(failures).toSorted(
    ([, left], [, right]) => right.count - left.count,
  );
  const kind = worst?.[0] as FailureKind | undefined;
  if (kind === undefined) return undefined;
  const remedy = remedyOfKind[kind] ?? remedyOfCode[`provider/${kind}`];
  return remedy && remedyButton(remedy);
}
