import type { Metric } from '../core/metric.ts';
import type { GuardedChecks } from '../core/outside.ts';
import { quoted } from './feedback.ts';
import { meanValue } from './mean.ts';
import { pythonPattern } from './pythonPattern.ts';

/**
 * `regex`: 1 where a Python regular expression is found in the answer (`re.search`), else 0. The
 * pattern is read here, before anything is paid: throws `RequestError`. It is matched on a thread
 * with a limit, so that a pattern that explodes costs its row and not the run.
 */
export function regexMetric(name: string, pattern: string, checks: GuardedChecks): Metric {
  const { source, flags } = pythonPattern(pattern);
  // A pattern that remembers its last place would find every second answer only.
  const stateless = { source, flags: flags.replace('g', '') };
  return {
    name,
    description: `Share of answers in which the pattern ${quoted(pattern)} is found.`,
    needs: 'nothing',
    // Some patterns are only found to be too large when they are first used.
    check: async signal => {
      await checks.matches(stateless, '', signal);
    },
    score: async (output, _, signal) => {
      if (await checks.matches(stateless, output, signal)) return { value: 1 };
      const where = `The answer ${quoted(output)}`;
      return { value: 0, feedback: `${where} does not match the pattern ${pattern}.` };
    },
    aggregate: meanValue,
  };
}
