import type { Memento } from 'vscode';
import { withoutColumns } from '../../panel/columns.ts';
import type { RunForm } from '../../panel/messages.ts';
import { readForms } from '../panel/formMemory.ts';

/** A prompt that is tested over a dataset: a form as it was when the person last used it. */
export interface TestPair {
  /** Stays while the prompt's place, the dataset and the metric stay. */
  readonly id: string;
  readonly form: RunForm;
}

/** More pairs than a person works on at a time; the one that was used least recently goes. */
const mostPairs = 10;
const pairsEntry = 'promptRefiner.tests';

/** Pairs that were run in this workspace, the newest first. */
export function rememberedPairs(memory: Memento): readonly TestPair[] {
  return readForms(memory.get(pairsEntry)).flatMap(form => pairOf(form) ?? []);
}

/** Remembers that a form was run; what it says replaces what was remembered of the same pair. */
export async function rememberPair(memory: Memento, form: RunForm): Promise<void> {
  // Its columns are kept with the prompt, where every face finds them.
  const pair = pairOf(withoutColumns(form));
  if (!pair) return;
  const others = rememberedPairs(memory).filter(({ id }) => id !== pair.id);
  const forms = [pair, ...others].slice(0, mostPairs).map(each => each.form);
  await memory.update(pairsEntry, forms);
}

/** The pair of a form; undefined while prompt, dataset or metric are not chosen. */
export function pairOf(form: RunForm): TestPair | undefined {
  const { prompt, dataset, metric, metricOptions } = form;
  if (!prompt || dataset === '' || metric === '') return undefined;
  return { id: JSON.stringify([prompt, dataset, metric, metricOptions]), form };
}

/** How a prompt is called before it has been read. */
export function pairLabel({ form: { prompt, dataset } }: TestPair): string {
  return `${promptName(prompt)} · ${dataset.split(/[\\/]/).at(-1) ?? dataset}`;
}

function promptName(prompt: RunForm['prompt']): string {
  switch (prompt?.kind) {
    case undefined:
      return '';
    case 'version':
      return `${prompt.promptName} v${prompt.number}`;
    case 'file':
      return prompt.path;
    case 'selection':
      return prompt.label;
  }
}
