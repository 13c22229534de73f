import type { KeyLookup } from '../engine/index.ts';

const openaiOrigin = 'https://api.openai.com';

/** Keys of the environment, and where they may go. */
export interface EnvironmentKeys {
  readonly keyFor: KeyLookup;
  /** Whether there is a key that this address does not get. */
  withheldFrom(baseUrl: string): boolean;
}

/**
 * The key of `OPENAI_API_KEY` goes to OpenAI, or to the one address that the person typed with
 * this very command. An address from the environment gets none: a workspace can set variables of
 * its terminal, and would otherwise redirect the key. Google's credentials are found by Google's
 * own package and never pass here.
 */
export function environmentKeys(
  environment: Readonly<Record<string, string | undefined>>,
  typedBaseUrl: string | undefined,
): EnvironmentKeys {
  const key = environment['OPENAI_API_KEY']?.trim() || undefined;
  const allowed = new Set([openaiOrigin]);
  const typed = originOf(typedBaseUrl);
  if (typed !== undefined) allowed.add(typed);
  return {
    async keyFor(provider, origin) {
      return provider === 'openai' && allowed.has(originOf(origin) ?? '') ? key : undefined;
    },
    withheldFrom: baseUrl => key !== undefined && !allowed.has(originOf(baseUrl) ?? ''),
  };
}

function originOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : URL.parse(address)?.origin;
}
