import type { JudgeStanding } from './core/judge.ts';
import type { EngineParts } from './parts.ts';
import { newestJudgeCheck } from './store/judgeChecks.ts';

/** Every judge that these metrics ask, with its last check against people. */
export async function judgeStandings(
  metrics: readonly string[],
  { files, metricNamed }: Pick<EngineParts, 'files' | 'metricNamed'>,
): Promise<JudgeStanding[]> {
  const standings: JudgeStanding[] = [];
  const rubrics: string[] = [];
  for (const metric of metrics) {
    for (const judge of metricNamed(metric).judges ?? []) {
      const agreement = (await newestJudgeCheck(files, judge))?.agreement;
      const warning = judge.warning(agreement);
      rubrics.push(judge.rubric);
      standings.push({
        metric,
        model: judge.model,
        ...(agreement ? { agreement } : {}),
        ...(warning === undefined ? {} : { warning }),
      });
    }
  }
  return standings.map((standing, at) => {
    const alike = standings.filter(({ model }) => model === standing.model);
    if (alike.length < 2) return standing;
    const isAlone = alike.filter(({ metric }) => metric === standing.metric).length === 1;
    return { ...standing, as: isAlone ? standing.metric : (rubrics[at] ?? '') };
  });
}
