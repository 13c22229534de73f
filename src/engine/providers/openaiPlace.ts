import type { ModelListing, Price } from '../core/languageModel.ts';
import { readEndpoint, type Endpoint } from './endpoint.ts';
import { freePrice, openaiPrice } from './prices.ts';

/** The part of a model id before the colon. */
export const openaiName = 'openai';

/** Where OpenAI itself is. */
export const openaiOrigin = 'https://api.openai.com';

/** A listed model, for people. */
export function describeModel(
  found: { readonly id: string; readonly shutdownDate?: string },
  endpoint: Endpoint,
): ModelListing {
  const price = endpoint.loopback ? freePrice : priceAt(endpoint.baseUrl, found.id);
  return {
    id: `${openaiName}:${found.id}`,
    provider: openaiName,
    origin: endpoint.origin === openaiOrigin ? 'OpenAI' : endpoint.baseUrl,
    ...(price ? { price } : {}),
    ...(found.shutdownDate ? { shutdownDate: found.shutdownDate } : {}),
  };
}

/** The price at this server: free on this machine, known at OpenAI, else not known. */
export function priceAt(baseUrl: string, modelName: string): Price | undefined {
  if (originOf(baseUrl) === openaiOrigin) return openaiPrice(modelName);
  return URL.canParse(baseUrl) && readEndpoint(baseUrl).loopback ? freePrice : undefined;
}

/** Scheme, host and port; empty for what is no address. */
export function originOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin : '';
}

/** The whole address, with its path and query but without a slash at its end; empty for none. */
export function endpointOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) return '';
  const { origin, pathname, search } = new URL(baseUrl);
  return origin + pathname.replace(/\/+$/, '') + search;
}
