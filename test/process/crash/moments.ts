import { seededRandom } from '../../../src/engine/core/random.ts';
import type { Moment } from './killing.ts';

/** So many moments, each after up to `mostAnswers` answers and a few milliseconds. */
export function* drawnMoments(
  count: number,
  mostAnswers: number,
  seed: number,
): Generator<Moment, undefined> {
  const random = seededRandom(seed, 'kill');
  for (let left = count; left > 0; left -= 1) {
    yield { answers: Math.floor(random() * (mostAnswers + 1)), ms: random() * 10 };
  }
}
