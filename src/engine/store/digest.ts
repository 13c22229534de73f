import { createHash } from 'node:crypto';

/**
 * SHA-256 in hex over the UTF-16 code units of a text: unlike UTF-8 these keep two different broken
 * surrogates apart, so that two different names never get the same digest.
 */
export function digest(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}
