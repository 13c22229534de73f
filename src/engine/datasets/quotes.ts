/** What is wrong with the quotes of one CSV row as written. */
export type QuoteFault = 'none' | 'bare' | 'after-closing';

/**
 * `bare`: a quote inside an unquoted cell (a 6" nail), which is read as it stands. `after-closing`:
 * text behind the closing quote of a cell, where nobody can say what was meant.
 */
export function quoteFault(raw: string, delimiter: string): QuoteFault {
  if (!raw.includes('"')) return 'none';
  let fault: QuoteFault = 'none';
  let at = 0;
  while (at <= raw.length) {
    if (raw[at] === '"') {
      at = endOfQuoted(raw, at);
      const next = raw[at];
      if (next !== undefined && next !== delimiter && next !== '\r' && next !== '\n') {
        return 'after-closing';
      }
    } else {
      const end = raw.indexOf(delimiter, at);
      const cell = raw.slice(at, end < 0 ? raw.length : end);
      if (cell.includes('"')) fault = 'bare';
      at = end < 0 ? raw.length : end;
    }
    if (raw[at] !== delimiter) return fault;
    at++;
  }
  return fault;
}

/** Position behind the closing quote of a cell that opens at `start`. */
function endOfQuoted(raw: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = raw.indexOf('"', at);
    if (quote < 0) return raw.length;
    if (raw[quote + 1] !== '"') return quote + 1;
    at = quote + 2;
  }
}
