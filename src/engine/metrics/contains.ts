import type { Metric } from '../core/metric.ts';
import { referencesOf } from './expected.ts';
import { quoted } from './feedback.ts';
import { meanValue } from './mean.ts';

/** What has to stand in the answer. */
export interface ContainsOptions {
  /** One text for every row; the expected answer where absent. */
  readonly text?: string;
  readonly ignore_case?: boolean;
}

/** `contains`: 1 where the expected text, or one of several, stands in the answer, else 0. */
export function containsMetric(name: string, options: ContainsOptions): Metric {
  const { text, ignore_case } = options;
  const ready = (each: string): string => (ignore_case ? each.toLowerCase() : each);
  return {
    name,
    description: 'Share of answers that hold the expected text anywhere.',
    needs: text === undefined ? 'expected' : 'nothing',
    score: async (output, example) => {
      const wanted = text === undefined ? referencesOf(example, name) : [text];
      if (wanted.some(each => ready(output).includes(ready(each)))) return { value: 1 };
      const missing = wanted.map(quoted).join(' or ');
      return { value: 0, feedback: `The answer ${quoted(output)} does not hold ${missing}.` };
    },
    aggregate: meanValue,
  };
}
