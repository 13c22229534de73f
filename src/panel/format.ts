/**
 * Numbers as people read them: thousands separators, a unit beside every figure, a real minus
 * sign. One file, so that the panel, the comparison and the command line say the same.
 */

/** What a sum of money is known of: `usd` covers the priced calls, `unpriced` counts the others. */
export interface KnownCost {
  readonly usd: number;
  readonly unpriced: number;
}

/** A score or difference with its 95 % interval and the rows behind it, in 0..1 (or −1..1). */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** The same on the metric's own scale; people are shown these. */
  readonly shown?: { readonly value: number; readonly low: number; readonly high: number };
}

/** Shown where a value was not measured. */
export const dash = '–';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** "1,150"; a dash for what is no number. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return dash;
  return withMinus(grouped.format(Math.round(count) + 0));
}

/** "1 row", "1,150 rows"; `many` for words that do not just take an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${Math.abs(count) === 1 ? one : many}`;
}

/** Tokens, short: "950", "4.1k", "410k", "1.2M". */
export function formatTokens(tokens: number): string {
  if (!Number.isFinite(tokens)) return dash;
  if (tokens < 1_000) return formatCount(tokens);
  if (tokens < 999_500) return `${shortened(tokens / 1_000)}k`;
  return `${shortened(tokens / 1_000_000)}M`;
}

/** "$1,204.50", "$0.41", "$0.077", "$0.0012", "less than $0.0001"; "$0" is exactly nothing. */
export function formatUsd(usd: number): string {
  if (!Number.isFinite(usd)) return dash;
  if (usd === 0) return '$0';
  if (usd < 0) return `−${formatUsd(-usd)}`;
  if (usd < 0.0001) return 'less than $0.0001';
  if (usd < 0.01) return `$${Number(usd.toPrecision(2))}`;
  const maximumFractionDigits = usd < 0.9995 ? 3 : 2;
  return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits })}`;
}

/** Money that was spent, honest about calls without a listed price: unknown is not free. */
export function formatCost(cost: KnownCost): string {
  if (cost.unpriced === 0) return formatUsd(cost.usd);
  if (cost.usd === 0) return 'price unknown';
  return `${formatUsd(cost.usd)} + ${plural(cost.unpriced, 'call')} of unknown price`;
}

/** "0.45 to 1.30" in the given form; one figure where both ends read the same. */
export function formatRange(
  range: { readonly low: number; readonly high: number },
  format: (value: number) => string = formatCount,
): string {
  const low = format(range.low);
  const high = format(range.high);
  return low === high ? low : `${low} to ${high}`;
}

/** "640 calls (59 to 2,037)": what most runs come to, and the bounds; one figure where all read the same. */
export function formatForecast(
  forecast: { readonly low: number; readonly likely: number; readonly high: number },
  format: (value: number) => string = formatCount,
  unit = '',
): string {
  const range = formatRange(forecast, format);
  return range.includes(' to ')
    ? `${format(forecast.likely)}${unit} (${range})`
    : `${range}${unit}`;
}

/** "less than 1 min", "6 min", "2.5 h". */
export function formatMinutes(minutes: number): string {
  if (!Number.isFinite(minutes)) return dash;
  if (minutes < 1) return 'less than 1 min';
  return minutes < 90 ? `${Math.round(minutes)} min` : `${Number((minutes / 60).toFixed(1))} h`;
}

/** A score in 0..1 with two digits; three where two would round it to a bound it is not at. */
export function formatScore(value: number): string {
  if (!Number.isFinite(value)) return dash;
  const two = value.toFixed(2);
  const roundedToBound = (two === '1.00' && value < 1) || (two === '0.00' && value > 0);
  return withMinus(roundedToBound ? value.toFixed(3) : two);
}

/** "0.81 [0.72, 0.88] n=50"; "not measured" where no row was scored. */
export function formatMeasured(measured: Measured): string {
  if (measured.count === 0 || !Number.isFinite(measured.value)) return 'not measured';
  const { shown = measured } = measured;
  const format = measured.shown ? formatOwn : formatScore;
  return `${format(shown.value)}${interval(shown, format)} n=${formatCount(measured.count)}`;
}

/** A value on a metric's own scale: "41.3", "0.12", "−0.08". */
export function formatOwn(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : dash;
  const digits = Math.abs(value) >= 10 ? 1 : 2;
  const text = withMinus(value.toFixed(digits));
  return /^−0(?:\.0+)?$/u.test(text) ? text.slice(1) : text;
}

/** The value alone, on the metric's own scale where it has one. */
export function formatFigure({ value, shown }: Measured): string {
  return shown ? formatOwn(shown.value) : formatScore(value);
}

/** "[0.72, 0.88]", on the metric's own scale where it has one; empty where there is none. */
export function formatInterval(measured: Measured): string {
  const { shown = measured } = measured;
  return interval(shown, measured.shown ? formatOwn : formatScore).trim();
}

/** A difference of scores in points, always signed: "+7.5 points", "−1.0 points", "±0 points". */
export function formatPoints(difference: number): string {
  if (!Number.isFinite(difference)) return dash;
  return `${signedPoints(difference)} points`;
}

/** "+7.5 points [3.1, 12.0]": the interval is in points too. */
export function formatDifference(difference: Measured): string {
  if (difference.count === 0 || !Number.isFinite(difference.value)) return dash;
  const { shown } = difference;
  if (shown) return `${signedOwn(shown.value)}${interval(shown, formatOwn)}`;
  return `${formatPoints(difference.value)}${interval(difference, barePoints)}`;
}

/** "0 s", "40 s", "5 min 40 s", "2 h 5 min". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** A sentence in which no line end can come between a figure and its unit, or inside of an interval. */
export function unbroken(sentence: string): string {
  return sentence
    .replace(/(?<=\d) (?=(?:%|s|min|h|points?)(?![\p{L}\d]))/gu, '\u00a0')
    .replace(/\bn = (?=\d)/gu, 'n\u00a0=\u00a0')
    .replace(/\[[−\d.]+, [−\d.]+\]/gu, found => found.replace(' ', '\u00a0'));
}

/** The first line of a text, cut to `length` characters with an ellipsis; whole characters only. */
export function firstLine(text: string, length = 80): string {
  const line = text.trim().split(/\r\n|\r|\n/, 1)[0] ?? '';
  const characters = Array.from(line.slice(0, length * 2 + 2));
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : line;
}

/** A difference on a metric's own scale, always signed. */
export function signedOwn(difference: number): string {
  const text = formatOwn(difference);
  return difference > 0 && Number(text) !== 0 ? `+${text}` : text;
}

function interval(
  measured: Omit<Measured, 'count' | 'shown' | 'value'>,
  format: (value: number) => string,
): string {
  if (!Number.isFinite(measured.low) || !Number.isFinite(measured.high)) return '';
  return ` [${format(measured.low)}, ${format(measured.high)}]`;
}

function signedPoints(difference: number): string {
  const points = barePoints(difference);
  if (points === '0.0') return '±0';
  return difference > 0 ? `+${points}` : points;
}

function barePoints(difference: number): string {
  const text = withMinus((difference * 100).toFixed(1));
  return text === '−0.0' ? '0.0' : text;
}

function shortened(value: number): string {
  return value < 10 ? String(Number(value.toFixed(1))) : value.toFixed(0);
}

function withMinus(text: string): string {
  return text.replace('-', '−');
}
