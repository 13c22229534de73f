import { RequestError } from '../engine/index.ts';

/** A reader for a flag that takes a whole number; its error names the flag. */
export function wholeNumber(flag: string, low: number, high = Number.MAX_SAFE_INTEGER) {
  return numberReader(flag, `a whole number ${between(low, high)}`, /^\d+$/, low, high);
}

/** A reader for a flag that takes a number, decimals allowed. */
export function decimal(flag: string, low: number, high: number) {
  return numberReader(flag, `a number ${between(low, high)}`, /^(?:\d+\.?\d*|\.\d+)$/, low, high);
}

function numberReader(flag: string, wanted: string, form: RegExp, low: number, high: number) {
  return (text: string): number => {
    const value = Number(text);
    if (form.test(text.trim()) && value >= low && value <= high) return value;
    throw new RequestError(`${flag} is "${text}", but it takes ${wanted}.`);
  };
}

function between(low: number, high: number): string {
  return high === Number.MAX_SAFE_INTEGER ? `of ${low} or more` : `from ${low} to ${high}`;
}
