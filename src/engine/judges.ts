import type { JudgeStanding } from './core/judge.ts';
import type { EngineParts } from './parts.ts';
import { newestJudgeCheck } from './store/judgeChecks.ts';

/** Every judge that these metrics ask, with its last check against people. */
export async function judgeStandings(
  metrics: readonly string[],
  { files, metricNamed }: Pick<EngineParts, 'files' | 'metricNamed'>,
): Promise<JudgeStanding[]> {
  const standings: JudgeStanding[] = [];
  for (const metric of metrics) {
    for (const judge of metricNamed(metric).judges ?? []) {
      const agreement = (await newestJudgeCheck(files, judge))?.agreement;
      const warning = judge.warning(agreement);
      standings.push({
        metric,
        model: judge.model,
        ...(agreement ? { agreement } : {}),
        ...(warning === undefined ? {} : { warning }),
      });
    }
  }
  return standings;
}
