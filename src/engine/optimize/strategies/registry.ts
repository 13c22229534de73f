import { RequestError } from '../../core/errors.ts';
import type { RunSettings } from '../../core/run.ts';
import type { Strategy } from '../strategy.ts';
import { patchRace } from '../patchRace/patchRace.ts';
import { noop, oneShot } from './controls.ts';
import { gepa } from './gepa.ts';
import { reflect } from './reflect.ts';

const strategies: readonly Strategy[] = [patchRace, reflect, gepa, oneShot, noop];

/** The strategy of a run whose settings name none, as the logs of old runs do. */
const defaultStrategy = reflect.id;

/** Names of all strategies, the default first. */
export const strategyNames: readonly string[] = strategies.map(strategy => strategy.id);

/** The strategy that a run's settings name; the default where they name none. */
export function strategyOf({
  strategy = defaultStrategy,
}: Pick<RunSettings, 'strategy'>): Strategy {
  return strategyNamed(strategy);
}

/** The strategy of this name. Throws a `RequestError` that lists the names there are. */
export function strategyNamed(name: string): Strategy {
  const found = strategies.find(strategy => strategy.id === name);
  if (found) return found;
  throw new RequestError(`There is no strategy "${name}"; there are ${strategyNames.join(', ')}.`);
}
