/** What a run's state does not say by itself, and its report does. */
export interface RunReportFacts {
  /** Where a saved version of the run's prompt stands, relative to the workspace. */
  pathOf(version: number): string;
  /** How long this session worked on the run. */
  readonly milliseconds: number;
  /** Whether it went on with an interrupted run. */
  readonly resumed: boolean;
}

/** How a run ended, for people and for programs. */
export interface RunReport {
  readonly markdown: string;
  /** Plain JSON values; the store adds its `schema`. */
  readonly json: Readonly<Record<string, unknown>>;
}
