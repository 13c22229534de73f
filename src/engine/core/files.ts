/**
 * Socket: named texts. Paths are relative to the workspace, with forward slashes.
 * Errors are `StoreError`s that name the path.
 */
export interface Files {
  /** The text, or undefined where there is no such file. */
  read(path: string): Promise<string | undefined>;
  /**
   * Writes the whole text so that a reader sees the old or the new one, never a part.
   * With `ifAbsent` it answers false, and writes nothing, where the file exists.
   */
  write(path: string, text: string, options?: { readonly ifAbsent?: boolean }): Promise<boolean>;
  /** Names directly below a folder, sorted; folders end in `/`. Empty where it does not exist. */
  list(folder: string): Promise<string[]>;
  /** Opens a file that only grows. A torn last line is cut off, and kept beside it. */
  openLog(path: string): Promise<LogFile>;
}

/** A file that only grows, a line at a time. */
export interface LogFile {
  /**
   * Resolves when the line is on the disk; lines of one moment share a sync. A line that nobody
   * waits for may say so with `patient`: it goes with the next line that is waited for, or soon.
   */
  append(line: string, options?: { readonly patient?: boolean }): Promise<void>;
  close(): Promise<void>;
}
