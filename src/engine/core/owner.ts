/** The process that works on a run: enough for a person to find it and for a program to see whether it lives. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Where a process number means one process: a system since its start, a container. */
  readonly machine: string;
  /** What its system says of the start of the process, so that a number used again is no mistake. */
  readonly startedAt: string;
}

/** Socket: the process that runs this engine, and what it can see of others. */
export interface OwnProcess {
  readonly self: Owner;
  /** `unknown` where it cannot be seen from here: on another machine, for one. */
  lifeOf(owner: Owner): 'alive' | 'dead' | 'unknown';
}

/** Who holds a run now. */
export interface RunHolder extends Owner {
  /** ISO 8601, UTC: when it began to work on the run. */
  readonly since: string;
}
