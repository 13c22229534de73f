import type { Example } from '../../core/example.ts';
import { shuffled } from '../../core/random.ts';
import { contrastsOf } from '../contrast.ts';
import { lineageRollouts } from '../lineage.ts';
import { isFailure, scoreOf, type SearchView } from '../search.ts';
import { wordSimilarity } from '../similarity.ts';
import { fittingRows, timesShown } from '../evidence.ts';
import { standingRollouts } from './standing.ts';
import { failureShare, passesPerFailure } from './parameters.ts';

/** Of two rows with the same expected answer, how much closer they count. */
const sameAnswer = 0.5;

/**
 * Train rows for one proposal, failures first. In turn `cluster` (the failure shown least, and the
 * failures nearest to it: same expected answer, words in common) and `spread` (the failures shown
 * least, as many kinds of expected answer as there are); beside them the passing rows that look
 * most like them. `width` 2 doubles both, where the search is stuck.
 */
export function clusteredEvidence(view: SearchView, width = 1): string[] {
  const { state, settings, train, primary, random } = view;
  const trial = state.trials.length + 1;
  const own = standingRollouts(state.incumbentId, view);
  const drawn = shuffled(train, random('evidence', trial));
  const shown = timesShown(view);
  const failures = drawn
    .filter(example => isFailure(own.get(example.id), primary))
    .sort((a, b) => (shown.get(a.id) ?? 0) - (shown.get(b.id) ?? 0));
  const [first] = failures;
  if (!first) return [];
  const similarity = wordSimilarity(train);
  const room = Math.max(1, Math.round(width * failureShare * settings.sampleK));
  const chosen =
    trial % 2 === 1 ? spread(failures, room) : nearest(first, failures, room, similarity);
  const lineage = lineageRollouts(state, state.incumbentId);
  const closeness = (pass: Example): number =>
    Math.max(...chosen.map(failure => similarity(pass, failure)));
  const passes = drawn
    .filter(example => scoreOf(lineage.get(example.id), primary)?.value === 1)
    .map(example => ({ example, close: closeness(example) }))
    .sort((a, b) => b.close - a.close)
    .slice(0, Math.round(chosen.length * passesPerFailure))
    .map(({ example }) => example);
  return fittingRows(chosen, passes, view);
}

/** Rows to show, and, where that is switched on, further ones that another candidate did better on. */
export function inContrast(shown: readonly string[], view: SearchView) {
  if (!view.settings.contrast) return { shown };
  const rows = contrastsOf(view, view.state.incumbentId).map(each => each.exampleId);
  return { shown: [...rows.filter(id => !shown.includes(id)), ...shown], contrast: true };
}

function nearest(
  first: Example,
  failures: readonly Example[],
  room: number,
  similarity: (left: Example, right: Example) => number,
): Example[] {
  return failures
    .map(example => ({
      example,
      close: similarity(first, example) + (example.expected === first.expected ? sameAnswer : 0),
    }))
    .sort((a, b) => b.close - a.close)
    .slice(0, room)
    .map(({ example }) => example);
}

/** In turn one failure of each expected answer, those shown least first. */
function spread(failures: readonly Example[], room: number): Example[] {
  const kinds = new Map<string, Example[]>();
  for (const failure of failures) {
    const kind = failure.expected ?? '';
    kinds.set(kind, [...(kinds.get(kind) ?? []), failure]);
  }
  const chosen: Example[] = [];
  for (let round = 0; chosen.length < Math.min(room, failures.length); round++) {
    for (const kind of kinds.values()) chosen.push(...kind.slice(round, round + 1));
  }
  return chosen.slice(0, room);
}
