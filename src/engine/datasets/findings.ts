import type { DatasetProblem } from '../core/example.ts';

/** Problems and warnings of one reading, listed up to a limit and counted beyond it. */
export interface Findings {
  addProblem(problem: DatasetProblem): void;
  addWarning(warning: DatasetProblem): void;
  /** All problems, also those beyond the limit. */
  problemCount(): number;
  /** In the order of the file; a last one says how many more there are. */
  problems(): DatasetProblem[];
  /** To be spread into a dataset or preview: nothing where there is no warning. */
  warnings(): { readonly warnings?: readonly DatasetProblem[] };
}

/** More than `limit` would be no use to a reader, and could fill the memory. */
export function newFindings(limit: number): Findings {
  const problems: DatasetProblem[] = [];
  const warnings: DatasetProblem[] = [];
  let unlisted = 0;
  return {
    addProblem(problem) {
      if (problems.length < limit) problems.push(problem);
      else unlisted++;
    },
    addWarning(warning) {
      if (warnings.length < limit) warnings.push(warning);
    },
    problemCount: () => problems.length + unlisted,
    problems() {
      const last = problems.at(-1);
      if (unlisted === 0 || !last) return [...problems];
      const message = `${unlisted} more rows behind this one cannot be used.`;
      return [...problems, { line: last.line, message }];
    },
    warnings: () => (warnings.length > 0 ? { warnings: [...warnings] } : {}),
  };
}
