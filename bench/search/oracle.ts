import { oracleOf } from './taskModel.ts';
import { formatLine, ruleLine, type World } from './world.ts';

/** A prompt's true worth: 0 is the original, 1 the best prompt that rules can make. */
export interface Yardstick {
  /** Expected accuracy on rows that nobody optimizes on, 0..1. */
  accuracy(prompt: string): number;
  /** Accuracy on the scale from the original (0) to the best (1); 0 where there is no headroom. */
  normalized(prompt: string): number;
  readonly original: number;
  readonly attainable: number;
}

/** Measures prompts of a world by the oracle. */
export function yardstickOf(world: World): Yardstick {
  const accuracy = oracleOf(world);
  const original = accuracy(world.original);
  const attainable = Math.max(original, accuracy(greedyBest(world, accuracy)));
  const range = attainable - original;
  return {
    accuracy,
    normalized: prompt => (range < 0.02 ? 0 : (accuracy(prompt) - original) / range),
    original,
    attainable,
  };
}

/** True rules, added while they help, the best one first. */
function greedyBest(world: World, accuracy: (prompt: string) => number): string {
  const opening = world.original.split('\n').slice(0, 3).join('\n');
  let best = `${opening}\n${formatLine}`;
  let left = world.rules.map(rule => ruleLine(world, rule));
  for (;;) {
    const tried = left.map(line => ({ line, value: accuracy(`${best}\n${line}`) }));
    const top = tried.sort((a, b) => b.value - a.value)[0];
    if (!top || top.value <= accuracy(best)) return best;
    best = `${best}\n${top.line}`;
    left = left.filter(line => line !== top.line);
  }
}
