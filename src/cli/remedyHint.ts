import type { Remedy } from '../engine/index.ts';

const hints: Partial<Record<Remedy, string>> = {
  'set-key':
    'On the command line the key is read from OPENAI_API_KEY; with another server, name it with --base-url.',
  'choose-model': 'prompt-refiner models lists what there is; choose with --model PROVIDER:ID.',
  'choose-columns': 'Name columns with --input PLACEHOLDER=COLUMN and --target COLUMN.',
};

/** What helps on the command line, where the error's own sentence speaks of buttons. */
export function remedyHint(remedy: string | undefined): string | undefined {
  return remedy !== undefined && Object.hasOwn(hints, remedy) ? hints[remedy as Remedy] : undefined;
}
