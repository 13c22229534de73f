/**
 * Weighs the posterior from which a search's winner is returned (`src/engine/optimize/shipping.ts`):
 * how many returned prompts are truly over a point worse, and how many true gains are held back.
 *
 * node bench/search/shipping.ts [--family T10] [--from 0] [--worlds 500] [--calls 600]
 */
import { parseArgs } from 'node:util';
import type { RunState } from '../../src/engine/core/run.ts';
import { posteriorBetter } from '../../src/engine/core/statistics.ts';
import { pairRows, type PairedRows } from '../../src/engine/optimize/paired.ts';
import { patchRace } from '../../src/engine/optimize/patchRace/patchRace.ts';
import { rolloutsOf } from '../../src/engine/optimize/search.ts';
import type { Family } from './families.ts';
import { yardstickOf } from './oracle.ts';
import { labelMetric, runOurs } from './ours.ts';
import { worldOf, type World } from './world.ts';

/** Posteriors that are weighed. */
const limits = [0.8, 0.9, 0.95, 0.975, 0.99, 0.995];

const { values: asked } = parseArgs({
  options: {
    family: { type: 'string', default: 'T10' },
    from: { type: 'string', default: '0' },
    worlds: { type: 'string', default: '500' },
    calls: { type: 'string', default: '600' },
  },
});
const first = Number(asked.from);
const count = Number(asked.worlds);
if (first + count > 5000) throw new Error('Worlds from 5000 on are left alone.');

interface Winner {
  /** True gain over the original, −1..1. */
  readonly gain: number;
  readonly posterior: number;
  readonly isRefuted: boolean;
  readonly claimedBetter: boolean;
}

const winners: Winner[] = [];
let returnedWorse = 0;
let better = 0;
let covered = 0;
for (let seed = first; seed < first + count; seed++) {
  const world = worldOf(seed, 'M', asked.family as Family);
  const { accuracy, original } = yardstickOf(world);
  const { state, final, claimed } = await runOurs(world, patchRace, Number(asked.calls), {
    strategy: 'patch-race',
  });
  const returned = accuracy(final) - original;
  if (returned < -0.01) returnedWorse += 1;
  if (claimed?.verdict === 'better') better += 1;
  const { originalId = '', bestId = '' } = state.claim ?? {};
  const prompt = state.candidates[bestId]?.prompt.system ?? world.original;
  const gain = accuracy(prompt) - original;
  if (claimed && claimed.low <= gain && gain <= claimed.high) covered += 1;
  if (bestId === originalId) continue;
  const pairs = (['validation', 'test'] as const).flatMap(
    split => pairOn(split, originalId, bestId, state, world) ?? [],
  );
  winners.push({
    gain,
    posterior: posteriorBetter(
      pairs.reduce((sum, pair) => sum + pair.fixed, 0),
      pairs.reduce((sum, pair) => sum + pair.broken + pair.lost, 0),
    ),
    isRefuted: pairs.some(pair => pair.broken + pair.lost > pair.fixed || pair.gain < 0),
    claimedBetter: claimed?.verdict === 'better',
  });
}

console.log(
  `${asked.family}, worlds ${first}-${first + count - 1}, ${asked.calls} calls: ${winners.length} winners, ${winners.filter(each => each.gain < -0.01).length} of them over a point worse; returned now ${returnedWorse} of these; "better" claimed in ${better}; truth inside the interval in ${covered} of ${count}`,
);
for (const limit of limits) {
  const isReturned = ({ posterior, isRefuted, claimedBetter }: Winner): boolean =>
    claimedBetter || (!isRefuted && posterior >= limit);
  const returned = winners.filter(isReturned);
  const held = winners.filter(each => !isReturned(each) && each.gain > 0.01);
  console.log(
    `  ${limit}: returned ${returned.length}, over a point worse ${returned.filter(each => each.gain < -0.01).length}; held back though over a point better ${held.length}`,
  );
}

function pairOn(
  split: 'validation' | 'test',
  originalId: string,
  bestId: string,
  state: RunState,
  world: World,
): PairedRows | undefined {
  const before = rolloutsOf(state, originalId, split);
  const metric = labelMetric(world);
  return pairRows(before, rolloutsOf(state, bestId, split), [...before.keys()], {
    name: 'label',
    metric,
  });
}
