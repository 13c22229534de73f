import type { Random } from '../../core/random.ts';

/** A candidate with its value on each validation row, all in one order. */
export interface Scored {
  readonly id: string;
  readonly values: readonly number[];
}

/**
 * A parent from the Pareto front over rows: of each row the candidates with the highest value;
 * candidates that others make superfluous are taken out, the worst mean first; of the rest one is
 * drawn with the number of rows it leads on as its weight (GEPA, algorithm 2).
 */
export function paretoParent(pool: readonly Scored[], random: Random): string {
  const rows = pool[0]?.values.length ?? 0;
  let fronts = Array.from({ length: rows }, (_, row) => {
    const best = Math.max(...pool.map(each => each.values[row] ?? 0));
    return new Set(pool.filter(each => each.values[row] === best).map(each => each.id));
  });
  const byMean = [...pool].sort((a, b) => mean(a.values) - mean(b.values));
  for (const { id } of byMean) {
    const superfluous = fronts.every(front => !front.has(id) || front.size > 1);
    if (superfluous) fronts = fronts.map(front => new Set([...front].filter(each => each !== id)));
  }
  const drawn = fronts.flatMap(front => [...front]);
  return drawn[Math.floor(random() * drawn.length)] ?? pool[0]?.id ?? '';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);
}
