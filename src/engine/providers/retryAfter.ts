/**
 * The wait that an answer asks for, in milliseconds: `retry-after-ms`, else `retry-after` in
 * seconds or as a date (held against the answer's own `date`, so that a clock that runs ahead or
 * behind does no harm), else the reset times of the limits that are used up. Undefined where none
 * of them can be read.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  return (
    inMilliseconds(headers.get('retry-after-ms'), 1) ??
    inMilliseconds(headers.get('retry-after'), 1000) ??
    untilDate(headers.get('retry-after'), headers.get('date')) ??
    resetMs(headers)
  );
}

/** A span such as `2s`, `1m30s`, `250ms` or `34.4s` in milliseconds. */
export function spanMs(text: string | null | undefined): number | undefined {
  if (!text || !/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text.trim())) return undefined;
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0),
    0,
  );
}

function inMilliseconds(text: string | null, unit: number): number | undefined {
  return text !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) * unit : undefined;
}

function untilDate(text: string | null, answered: string | null): number | undefined {
  if (!text || !/[a-z]{3}/i.test(text)) return undefined;
  const until = Date.parse(text);
  const now = answered ? Date.parse(answered) : Date.now();
  return Number.isNaN(until) || Number.isNaN(now) ? undefined : Math.max(0, until - now);
}

function resetMs(headers: Headers): number | undefined {
  const limits = ['requests', 'tokens'].map(kind => ({
    usedUp: headers.get(`x-ratelimit-remaining-${kind}`)?.trim() === '0',
    wait: spanMs(headers.get(`x-ratelimit-reset-${kind}`)),
  }));
  const waits = limits.flatMap(({ usedUp, wait }) => (usedUp && wait !== undefined ? [wait] : []));
  return waits.length === 0 ? undefined : Math.max(...waits);
}
