import type { Forecast } from './verbs.ts';

/** A forecast, bound by bound. */
export function forecastOf(value: (bound: keyof Forecast) => number): Forecast {
  return { low: value('low'), likely: value('likely'), high: value('high') };
}

/** What is known to the last one. */
export function exactly(value: number): Forecast {
  return { low: value, likely: value, high: value };
}

/** No more than a limit allows, where there is one. */
export function cappedAt(forecast: Forecast, limit: number | undefined): Forecast {
  return limit === undefined ? forecast : forecastOf(bound => Math.min(forecast[bound], limit));
}

/** A forecast whose middle lies at a share of the way from its low to its high end. */
export function between(low: number, high: number, share: number): Forecast {
  return { low, likely: Math.min(high, low + share * Math.max(0, high - low)), high };
}
