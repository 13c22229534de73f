import { RequestError } from '../engine/index.ts';
import type { AnyRunFlags } from './flags.ts';

/** A run that is gone on with keeps what it recorded. Throws a `RequestError` for a flag that says otherwise. */
export function refuseRecordedFlags(flags: AnyRunFlags): void {
  const recorded = [
    'prompt',
    'model',
    'optimizerModel',
    'dataset',
    'metric',
    'guard',
    'lock',
    'slice',
    'input',
    'target',
    'references',
    'labels',
    'messages',
    'context',
    'note',
    'split',
    'encoding',
    'columnsByName',
    'shares',
    'crossValidation',
    'repeats',
    'strategy',
    'patience',
    'maxIterations',
    'sampleK',
    'seed',
    'estimate',
  ] as const;
  const named = recorded.find(flag => flags[flag] !== undefined);
  if (named) {
    throw new RequestError(
      `--resume goes on with what the run recorded; leave out --${named.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}, or start a new run without --resume.`,
    );
  }
}
