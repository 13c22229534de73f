import { createHash } from 'node:crypto';

/** The digest of the request with this number. */
export function keyOf(number: number): string {
  return createHash('sha256').update(String(number)).digest('hex');
}

/** The answer to it: of many lengths, some longer than what is read or written at once. */
export function textOf(number: number): string {
  return `answer ${number} ${'äx"\n'.repeat((number * 37) % (number % 100 === 0 ? 90_000 : 400))}`;
}
