import type { World } from './world.ts';

/**
 * Score of a label, 0..1: 1 where it is the right one, else 0; in graded worlds a label next to the
 * right one in the world's list scores more than one at its other end.
 */
export function gradeOf(
  said: string,
  gold: string,
  { labels, traits }: Pick<World, 'labels' | 'traits'>,
): number {
  if (said === gold) return 1;
  if (!traits.isGraded) return 0;
  const [left, right] = [labels.indexOf(said), labels.indexOf(gold)];
  return left < 0 || right < 0 ? 0 : 1 - Math.abs(left - right) / (labels.length - 1);
}
