import type { Rollout } from './rollout.ts';
import type { RunSettings } from './runSettings.ts';

/** How often each prompt is asked about each row: while it is searched, and in the last look. */
export interface Repeats {
  readonly search: number;
  readonly final: number;
}

/**
 * A row whose answers to one prompt lie further apart than this, of the primary score 0..1, is flaky:
 * every row that is right one time and wrong another, and graded ones by more than a quarter.
 */
export const flakySpread = 0.25;

/**
 * As often as was asked for; else once, and in the last look 3, 2 or 1 times for small, middling and
 * large datasets (design notes, section 3.4: 20, 200 and 5,000 rows; the bounds lie between these),
 * where a temperature above 0 is set: a model that answers alike need not be asked again.
 */
export function repeatsOf(
  { repeats, temperature = 0 }: Pick<RunSettings, 'repeats' | 'temperature'>,
  rows: number,
): Repeats {
  if (repeats !== undefined) return { search: repeats, final: repeats };
  if (temperature === 0) return { search: 1, final: 1 };
  return { search: 1, final: rows < 60 ? 3 : rows < 1000 ? 2 : 1 };
}

/** Answers that a rollout is made of. */
export function timesAsked({ repeats }: Rollout): number {
  return repeats?.length ?? 1;
}

/** Rows that were asked several times and scored more than once, and those of them that flip. */
export interface Flaky {
  readonly rows: number;
  readonly of: number;
}

/** How many rows flip, with any of these prompts; undefined where none was scored more than once. */
export function flakyRows(...sides: readonly (readonly Rollout[])[]): Flaky | undefined {
  const asked = new Set<string>();
  const flaky = new Set<string>();
  for (const rollout of sides.flat()) {
    const scored = (rollout.repeats ?? []).filter(({ outcome }) => outcome === 'ok');
    if (scored.length > 1) asked.add(rollout.exampleId);
    if (rollout.flaky) flaky.add(rollout.exampleId);
  }
  return asked.size === 0 ? undefined : { rows: flaky.size, of: asked.size };
}

/** "2 of 24 rows flip when asked again." */
export function flakySentence({ rows, of }: Flaky): string {
  return `${rows} of ${of} ${of === 1 ? 'row' : 'rows'} ${rows === 1 ? 'flips' : 'flip'} when asked again.`;
}
