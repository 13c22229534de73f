import type { ChartPoint } from '../../src/panel/messages.ts';

/** One point in words: "Trial 4, kept: 0.81 [0.66, 0.96] n=40, 180 calls". */
export function pointWords({ trial, status, text, calls }: ChartPoint): string {
  const name = trial === 0 ? 'Original' : `Trial ${trial}, ${status}`;
  return `${name}: ${text}, ${calls.toLocaleString('en-US')} calls`;
}
