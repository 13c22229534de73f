import { RequestError } from '../../core/errors.ts';
import type { RunSettings } from '../../core/run.ts';
import type { Strategy } from '../strategy.ts';
import { patchRace } from '../patchRace/patchRace.ts';
import { beamUcb } from './beamUcb.ts';
import { noop, oneShot } from './controls.ts';
import { demos } from './demos.ts';
import { gepa } from './gepa.ts';
import { reflect } from './reflect.ts';
import { squeeze } from './squeeze.ts';

const strategies: readonly Strategy[] = [
  patchRace,
  reflect,
  squeeze,
  demos,
  beamUcb,
  gepa,
  oneShot,
  noop,
];

/** Of runs whose settings name none: the only strategy there was when their logs were written. */
const firstStrategy = reflect.id;

/** A strategy as it is offered for choice. */
export type StrategyListing = Pick<Strategy, 'id' | 'summary'>;

/** What there is to choose from, the default first. */
export const strategyListings: readonly StrategyListing[] = strategies.map(({ id, summary }) => ({
  id,
  summary,
}));

/** Names of all strategies, the default first. */
export const strategyNames: readonly string[] = strategies.map(strategy => strategy.id);

/** The strategy that a run's settings name. */
export function strategyOf({ strategy = firstStrategy }: Pick<RunSettings, 'strategy'>): Strategy {
  return strategyNamed(strategy);
}

/** The strategy of this name. Throws a `RequestError` that lists the names there are. */
export function strategyNamed(name: string): Strategy {
  const found = strategies.find(strategy => strategy.id === name);
  if (found) return found;
  throw new RequestError(`There is no strategy "${name}"; there are ${strategyNames.join(', ')}.`);
}
