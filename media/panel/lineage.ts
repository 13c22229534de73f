import type { TrialView } from '../../src/panel/messages.ts';

/** A candidate in the tree: its trial, and how far it is from the original. */
export interface Branch {
  readonly trial: TrialView;
  /** 1 for a child of the original. */
  readonly depth: number;
  /** Whether the best so far descends from it, or is it. */
  readonly onBestPath: boolean;
}

/** The tree of candidates, parents before their children; trials without a prompt are not in it. */
export function lineageOf(trials: readonly TrialView[]): readonly Branch[] {
  const proposed = trials.filter(trial => trial.candidateId !== undefined);
  const path = bestPath(proposed);
  const children = new Map<number, TrialView[]>();
  for (const trial of proposed) {
    const siblings = children.get(trial.parent);
    if (siblings) siblings.push(trial);
    else children.set(trial.parent, [trial]);
  }
  const branches: Branch[] = [];
  // A stack and no recursion: a search may be thousands of generations deep.
  const stack = (children.get(0) ?? []).toReversed().map(trial => ({ trial, depth: 1 }));
  const seen = new Set<number>();
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { trial, depth } = next;
    if (seen.has(trial.number)) continue;
    seen.add(trial.number);
    branches.push({ trial, depth, onBestPath: path.has(trial.number) });
    for (const child of (children.get(trial.number) ?? []).toReversed()) {
      stack.push({ trial: child, depth: depth + 1 });
    }
  }
  return branches;
}

/** The newest kept trial and those that it descends from. */
function bestPath(trials: readonly TrialView[]): ReadonlySet<number> {
  const byNumber = new Map(trials.map(trial => [trial.number, trial]));
  const path = new Set<number>();
  let at = trials.findLast(trial => trial.status === 'kept');
  while (at && !path.has(at.number)) {
    path.add(at.number);
    at = byNumber.get(at.parent);
  }
  return path;
}
