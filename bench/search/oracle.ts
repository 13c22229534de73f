import { oracleOf } from './taskModel.ts';
import { ruleLine, type Rule } from './rules.ts';
import { formatLine, type World } from './world.ts';

/** A prompt's true worth: 0 is the original, 1 the best prompt that rules can make. */
export interface Yardstick {
  /** Expected score on rows that nobody optimizes on, 0..1. */
  accuracy(prompt: string): number;
  /** Score on the scale from the original (0) to the best (1); 0 where there is no headroom. */
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

/** True rules, and examples of those that no statement conveys, added while they help. */
function greedyBest(world: World, accuracy: (prompt: string) => number): string {
  const opening = world.original.split('\n').slice(0, 3).join('\n');
  let best = `${opening}\n${formatLine}`;
  const heard = (concept: number): string =>
    world.words[concept]?.find(word => !world.unheard.has(word)) ?? '';
  let left = [
    ...world.rules.map(rule => ruleLine(rule, heard)),
    ...world.shownOnly.map(rule => exampleLines(rule, world)),
  ];
  for (;;) {
    const tried = left.map(line => ({ line, value: accuracy(`${best}\n${line}`) }));
    const top = tried.sort((a, b) => b.value - a.value)[0];
    if (!top || top.value <= accuracy(best)) return best;
    best = `${best}\n${top.line}`;
    left = left.filter(line => line !== top.line);
  }
}

/** Two train rows of a rule with as little else in them as there is, with their answers. */
function exampleLines({ when, label }: Rule, { rows }: World): string {
  return rows
    .filter(row => row.gold === label && when.every(each => row.concepts.has(each)))
    .sort((a, b) => a.concepts.size - b.concepts.size)
    .slice(0, 2)
    .map(row => `${row.text}\nAnswer: ${row.gold}`)
    .join('\n');
}
