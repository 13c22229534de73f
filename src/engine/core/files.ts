/**
 * Socket: named texts. Paths are relative to the workspace, with forward slashes.
 * Errors are `StoreError`s that name the path.
 */
export interface Files {
  /** The text, from a byte on where one is named, or undefined where there is no such file. */
  read(path: string, from?: number): Promise<string | undefined>;
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
   * Hands the line to the operating system: a kill of this process leaves it there, a power cut may
   * not. It is on the disk with the next `append`, or with `close`.
   */
  write(line: string): void;
  /** Resolves when the line, and every one before it, is on the disk. */
  append(line: string): Promise<void>;
  close(): Promise<void>;
}
