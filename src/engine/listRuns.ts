import type { RunSummary } from './core/history.ts';
import type { Stores } from './session.ts';

/** The runs of a workspace, newest first; those that somebody works on now are under way. */
export async function listRuns({ logs, locks }: Stores): Promise<RunSummary[]> {
  const found = await logs.list();
  return Promise.all(
    found.map(async (run): Promise<RunSummary> => {
      if (run.status === 'ended') return run;
      const holder = await locks.holder(run.promptName, run.runId);
      return holder ? { ...run, status: 'running', holder } : run;
    }),
  );
}
