import type { Remedy } from '../engine/index.ts';

/** How a provider is set up without an editor. */
export const waysToModels =
  'On the command line: OPENAI_API_KEY for OpenAI, --base-url for another server, GOOGLE_CLOUD_PROJECT for Vertex AI.';

const hints: Partial<Record<Remedy, string>> = {
  'set-key': waysToModels,
  'choose-model': 'prompt-refiner models lists what there is; choose with --model PROVIDER:ID.',
  'accept-changes': 'To go on with what is there now, add --accept-changes.',
  'choose-columns': 'Name columns with --input PLACEHOLDER=COLUMN and --target COLUMN.',
};

/** What helps on the command line, where the error's own sentence speaks of buttons. */
export function remedyHint(remedy: string | undefined): string | undefined {
  return remedy !== undefined && Object.hasOwn(hints, remedy) ? hints[remedy as Remedy] : undefined;
}
