/**
 * Puts strategies of this engine through simulated worlds and prints what the oracle says of them.
 * The simulation helps to choose between designs; it proves nothing about real models.
 *
 * node bench/search/run.ts [--strategies a,b] [--tier S|M|L] [--family T1…T12]
 *   [--from 0] [--worlds 8] [--calls 2000] [--latency MS] [--after NAME] [--learn-from N]
 *   [--json FILE]
 *
 * NAME+bandit, NAME+meta and NAME+contrast switch bandit, meta-model and contrast rows on. With --learn-from N the meta-model knows
 * the runs of N other worlds (900 and on), as it would know the earlier runs of a workspace.
 * With --latency every answer takes so long, and 16 are waited for at once.
 * With --after, they begin with what that strategy has found in the same world.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { RunSettings } from '../../src/engine/core/run.ts';
import { learnedFromRuns } from '../../src/engine/optimize/foresight/metaModel.ts';
import { strategyNamed } from '../../src/engine/optimize/strategies/registry.ts';
import { figuresOf, meanWithInterval, median, shares, type Figures } from './figures.ts';
import { yardstickOf } from './oracle.ts';
import { runOurs } from './ours.ts';
import type { Family } from './families.ts';
import type { Tier } from './tiers.ts';
import { worldOf } from './world.ts';

const { values: asked } = parseArgs({
  options: {
    strategies: { type: 'string', default: 'reflect,patch-race' },
    tier: { type: 'string', default: 'M' },
    family: { type: 'string', default: 'T1' },
    from: { type: 'string', default: '0' },
    worlds: { type: 'string', default: '8' },
    calls: { type: 'string', default: '2000' },
    latency: { type: 'string', default: '0' },
    after: { type: 'string' },
    'learn-from': { type: 'string', default: '0' },
    json: { type: 'string' },
  },
});
const names = asked.strategies.split(',');
const first = Number(asked.from);
const count = Number(asked.worlds);
const limit = Number(asked.calls);
const latency = Number(asked.latency);
if (first + count > 5000) {
  console.error('Worlds from 5000 on are left alone: figures are confirmed there.');
  process.exit(1);
}

/** Where the runs come from that the meta-model learns from first. */
const schoolWorlds = 900;
const isTaught = Number(asked['learn-from']) > 0;
const earlier = isTaught ? await taught(Number(asked['learn-from'])) : undefined;

const results = new Map<string, Figures[]>(names.map(name => [name, []]));
for (let seed = first; seed < first + count; seed++) {
  const world = worldOf(seed, asked.tier as Tier, asked.family as Family);
  const yardstick = yardstickOf(world);
  const begun = asked.after
    ? {
        ...world,
        original: (await runOurs(world, strategyNamed(asked.after), limit, { latency })).final,
      }
    : world;
  for (const name of names) {
    const settings = { ...settingsIn(name), latency };
    const run = await runOurs(begun, strategyIn(name), limit, settings, {
      ...(earlier ? { earlier } : {}),
    });
    results.get(name)?.push(figuresOf(run, yardstick, { seed, limit }));
  }
}

console.log(
  `tier ${asked.tier}, ${asked.family}, worlds ${first}-${first + count - 1}, ${limit} task calls; mean [95 % interval]`,
);
for (const [name, runs] of results) describe(name, runs);
const [base, ...others] = names;
for (const other of others) {
  const pairs =
    results.get(other)?.map((run, at) => [run, results.get(base ?? '')?.[at]] as const) ?? [];
  const difference = (read: (figures: Figures) => number): string =>
    meanWithInterval(pairs.map(([left, right]) => read(left) - (right ? read(right) : 0)));
  console.log(
    `${other} minus ${base}, paired: final ${difference(each => each.final)}, area ${difference(each => each.area)}`,
  );
}
if (asked.json) {
  const bare = (name: string, value: unknown): unknown => (name === 'state' ? undefined : value);
  writeFileSync(asked.json, JSON.stringify([...results], bare));
}

function strategyIn(name: string) {
  return strategyNamed(name.split('+', 1)[0] ?? name);
}

function settingsIn(name: string): Partial<RunSettings> {
  const parts = name.split('+');
  return {
    bandit: parts.includes('bandit'),
    metaModel: parts.includes('meta'),
    contrast: parts.includes('contrast'),
  };
}

async function taught(worlds: number) {
  const runs = [];
  for (let seed = schoolWorlds; seed < schoolWorlds + worlds; seed++) {
    const world = worldOf(seed, asked.tier as Tier, asked.family as Family);
    const { state } = await runOurs(world, strategyIn(names[0] ?? ''), limit);
    runs.push(state.trials.map(({ scored = [] }) => scored));
  }
  return learnedFromRuns(runs);
}

function describe(name: string, runs: readonly Figures[]): void {
  const mean = (read: (figures: Figures) => number): number =>
    runs.reduce((sum, each) => sum + read(each), 0) / runs.length;
  const at = shares.map(
    (share, index) => `@${share * limit} ${mean(each => each.at[index] ?? 0).toFixed(3)}`,
  );
  const claims = runs.filter(each => each.optimism !== undefined);
  const verdicts = new Map<string, number>();
  for (const { verdict } of runs) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  console.log(`\n${name}`);
  console.log(`  ${at.join('  ')}`);
  console.log(
    `  final ${meanWithInterval(runs.map(each => each.final))}  area ${meanWithInterval(runs.map(each => each.area))}`,
  );
  console.log(
    `  calls to 50 %: ${median(runs.map(each => each.to50))}, to 80 %: ${median(runs.map(each => each.to80))} (${runs.filter(each => each.to80 <= limit).length} of ${runs.length})`,
  );
  console.log(
    `  optimism ${(claims.reduce((sum, each) => sum + (each.optimism ?? 0), 0) / Math.max(1, claims.length)).toFixed(1)} points, interval covers the truth in ${claims.filter(each => each.covered).length} of ${claims.length}; verdicts ${[...verdicts].map(([word, times]) => `${word} ${times}`).join(', ')}; worse than the original by over a point: ${runs.filter(each => each.worse).length}`,
  );
  const standings = runs.flatMap(each => each.run.state.metaModel ?? []);
  if (standings.length > 0) {
    console.log(
      `  meta-model: rank correlation ${(standings.reduce((sum, each) => sum + (each.correlation ?? 0), 0) / standings.length).toFixed(2)}, open at the end in ${standings.filter(each => each.open).length} of ${runs.length}`,
    );
  }
  console.log(
    `  task calls ${mean(each => each.run.taskCalls).toFixed(0)}, optimizer calls ${mean(each => each.run.optimizerCalls).toFixed(0)}, tokens ${(mean(each => each.run.taskTokens) / 1000).toFixed(0)}k + ${(mean(each => each.run.optimizerTokens) / 1000).toFixed(0)}k, prompt ${mean(each => each.promptTokens).toFixed(0)} tokens, CPU ${(
      mean(each => each.run.cpuMs) /
      Math.max(
        1,
        mean(each => each.run.taskCalls),
      )
    ).toFixed(2)} ms a call, wall ${(mean(each => each.run.wallMs) / 1000).toFixed(1)} s`,
  );
}
