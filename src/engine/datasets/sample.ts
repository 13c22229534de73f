import type { Example } from '../core/example.ts';
import { hashedFraction } from '../core/random.ts';

/** Keeps a bounded number of rows out of a stream of any length. */
export interface Sample {
  offer(example: Example): void;
  /** The kept rows in the order of the file; exact duplicates get `~2`, `~3` … behind their id. */
  examples(): Example[];
}

interface Ranked {
  readonly rank: number;
  readonly example: Example;
}

/**
 * Keeps the `size` rows of lowest hash: every row has the same chance, the draw depends on seed and
 * content alone, and a row that is added can push out one other row at most.
 */
export function newSample(size: number, seed: number): Sample {
  let kept: Ranked[] = [];
  let limit = Infinity;

  function prune(): void {
    kept.sort((left, right) => left.rank - right.rank || left.example.line - right.example.line);
    kept = kept.slice(0, size);
    limit = kept.at(-1)?.rank ?? Infinity;
  }

  return {
    offer(example) {
      const rank = hashedFraction(example.id, seed);
      if (rank > limit) return;
      // A cell is a slice that keeps its whole piece of the file in memory; a copy does not.
      kept.push({ rank, example: structuredClone(example) });
      if (kept.length >= 2 * size) prune();
    },
    examples() {
      if (kept.length > size) prune();
      const inOrder = kept.map(each => each.example).sort((left, right) => left.line - right.line);
      return withOwnIds(inOrder);
    },
  };
}

function withOwnIds(examples: readonly Example[]): Example[] {
  const times = new Map<string, number>();
  return examples.map(example => {
    const time = (times.get(example.id) ?? 0) + 1;
    times.set(example.id, time);
    return time === 1 ? example : { ...example, id: `${example.id}~${time}` };
  });
}
