import { linesOfExample } from './demonstration.ts';
import { candidateNamed, type SearchView } from './search.ts';

/**
 * The view without the train rows that stand in a candidate as examples: how it does on these says
 * nothing about it.
 */
export function withoutExampleRows(candidateId: string, view: SearchView): SearchView {
  const { prompt } = candidateNamed(view.state, candidateId);
  const train = view.train.filter(row => linesOfExample(prompt, row).length === 0);
  return train.length === view.train.length ? view : { ...view, train };
}
